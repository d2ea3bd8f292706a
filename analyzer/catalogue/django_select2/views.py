# Facts about django_select2.views, written by generate.py.

from django.views.generic.list import BaseListView


class AutoResponseView(BaseListView):

    def get(self, *args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...

    def get_paginate_by(self, *args, **kwargs): ...

    def get_widget_or_404(self, *args, **kwargs): ...

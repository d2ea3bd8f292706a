# Facts about django.views.generic.list, written by generate.py.

from django.views.generic.base import ContextMixin
from django.views.generic.base import TemplateResponseMixin
from django.views.generic.base import View


class MultipleObjectMixin(ContextMixin):
    allow_empty = True
    queryset = None
    model = None
    paginate_by = None
    paginate_orphans = 0
    context_object_name = None
    page_kwarg = 'page'
    ordering = None

    def get_queryset(self, *args, **kwargs): ...

    def get_ordering(self, *args, **kwargs): ...

    def paginate_queryset(self, *args, **kwargs): ...

    def get_paginate_by(self, *args, **kwargs): ...

    def get_paginator(self, *args, **kwargs): ...

    def get_paginate_orphans(self, *args, **kwargs): ...

    def get_allow_empty(self, *args, **kwargs): ...

    def get_context_object_name(self, *args, **kwargs): ...

    def get_context_data(self, *args, **kwargs): ...


class BaseListView(MultipleObjectMixin, View):

    def get(self, *args, **kwargs): ...


class MultipleObjectTemplateResponseMixin(TemplateResponseMixin):
    template_name_suffix = '_list'

    def get_template_names(self, *args, **kwargs): ...


class ListView(MultipleObjectTemplateResponseMixin, BaseListView):
    pass

# Facts about django_summernote.views, written by generate.py.

from django.contrib.auth.mixins import UserPassesTestMixin
from django.views.generic.base import TemplateView
from django.views.generic.base import View


class SummernoteEditor(TemplateView):
    template_name = 'django_summernote/widget_iframe_editor.html'

    def dispatch(self, *args, **kwargs): ...

    def get_context_data(self, *args, **kwargs): ...


class SummernoteUploadAttachment(UserPassesTestMixin, View):

    def test_func(self, *args, **kwargs): ...

    def dispatch(self, *args, **kwargs): ...

    def get(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...

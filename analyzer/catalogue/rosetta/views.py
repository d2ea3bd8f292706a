# Facts about rosetta.views, written by generate.py.

from django.views.generic.base import TemplateView
from django.views.generic.base import View


def get_app_name(*args, **kwargs): ...


class LoginURL:
    pass


class RosettaBaseMixin:

    def dispatch(self, *args, **kwargs): ...


class RosettaFileLevelMixin(RosettaBaseMixin):
    pass


class TranslationFileListView(RosettaBaseMixin, TemplateView):
    http_method_names = ['get']
    template_name = 'rosetta/file-list.html'

    def get_context_data(self, *args, **kwargs): ...


class TranslationFormView(RosettaFileLevelMixin, TemplateView):
    http_method_names = ['get', 'post']
    template_name = 'rosetta/form.html'

    def fix_nls(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...

    def get_context_data(self, *args, **kwargs): ...

    def get_entries(self, *args, **kwargs): ...


class TranslationFileDownload(RosettaFileLevelMixin, View):
    http_method_names = ['get']

    def get(self, *args, **kwargs): ...


def translate_text(*args, **kwargs): ...


def urlencode_safe(*args, **kwargs): ...

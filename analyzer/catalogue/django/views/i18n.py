# Facts about django.views.i18n, written by generate.py.

from django.views.generic.base import View


LANGUAGE_QUERY_PARAMETER = 'language'


def builtin_template_path(*args, **kwargs): ...


def set_language(*args, **kwargs): ...


def get_formats(*args, **kwargs): ...


class JavaScriptCatalog(View):
    domain = 'djangojs'
    packages = None

    def get(self, *args, **kwargs): ...

    def get_paths(self, *args, **kwargs): ...

    def get_plural(self, *args, **kwargs): ...

    def get_catalog(self, *args, **kwargs): ...

    def get_context_data(self, *args, **kwargs): ...

    def render_to_response(self, *args, **kwargs): ...


class JSONCatalog(JavaScriptCatalog):

    def render_to_response(self, *args, **kwargs): ...

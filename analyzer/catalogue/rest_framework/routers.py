# Facts about rest_framework.routers, written by generate.py.

from rest_framework.urlpatterns import format_suffix_patterns
from rest_framework.views import APIView


class Route:
    pass


class DynamicRoute:
    pass


def escape_curly_brackets(*args, **kwargs): ...


def flatten(*args, **kwargs): ...


class BaseRouter:

    def register(self, *args, **kwargs): ...

    def is_already_registered(self, *args, **kwargs): ...

    def get_default_basename(self, *args, **kwargs): ...

    def get_urls(self, *args, **kwargs): ...

    @property
    def urls(self): ...


class SimpleRouter(BaseRouter):

    def get_default_basename(self, *args, **kwargs): ...

    def get_routes(self, *args, **kwargs): ...

    def get_method_map(self, *args, **kwargs): ...

    def get_lookup_regex(self, *args, **kwargs): ...

    def get_urls(self, *args, **kwargs): ...


class APIRootView(APIView):
    schema = None
    api_root_dict = None

    def get(self, *args, **kwargs): ...


class DefaultRouter(SimpleRouter):
    include_root_view = True
    include_format_suffixes = True
    root_view_name = 'api-root'
    default_schema_renderers = None

    def get_api_root_view(self, *args, **kwargs): ...

    def get_urls(self, *args, **kwargs): ...

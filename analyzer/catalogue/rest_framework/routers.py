# Written by hand.
# Facts about rest_framework.routers: which URLs a registered viewset gets, in which order.

from inspect import getmembers

from django.urls import path, re_path
from outgrow import surely_instance
from rest_framework import VERSION
from rest_framework.decorators import MethodMapper
from rest_framework.urlpatterns import format_suffix_patterns
from rest_framework.views import APIView

COLLECTION = {"get": "list", "post": "create"}
# Before 3.15 the root view had a regular expression, whatever the other routes have.
REGEX_ROOT = tuple("3." + str(minor) + "." for minor in range(15))
ONE = {"get": "retrieve", "put": "update", "patch": "partial_update", "delete": "destroy"}


def _of(viewset, name, default=None):
    return dict(getmembers(viewset)).get(name, default)


class Route:
    def __init__(self, url, mapping, name, detail, initkwargs):
        self.url = url
        self.mapping = mapping
        self.name = name
        self.detail = detail
        self.initkwargs = initkwargs

    def _replace(self, **changes):
        return Route(**{**self._asdict(), **changes})

    def _asdict(self):
        return {
            "url": self.url,
            "mapping": self.mapping,
            "name": self.name,
            "detail": self.detail,
            "initkwargs": self.initkwargs,
        }


class DynamicRoute:
    def __init__(self, url, name, detail, initkwargs):
        self.url = url
        self.name = name
        self.detail = detail
        self.initkwargs = initkwargs

    def _replace(self, **changes):
        return DynamicRoute(**{**self._asdict(), **changes})

    def _asdict(self):
        return {
            "url": self.url,
            "name": self.name,
            "detail": self.detail,
            "initkwargs": self.initkwargs,
        }


class BaseRouter:
    def __init__(self):
        self.registry = []

    def register(self, prefix, viewset, basename=None):
        if basename is None:
            basename = self.get_default_basename(viewset)
        self.registry.append((prefix, viewset, basename))

    def get_default_basename(self, viewset): ...

    def get_urls(self): ...

    @property
    def urls(self):
        return self.get_urls()


class SimpleRouter(BaseRouter):
    routes = [
        Route("^{prefix}{trailing_slash}$", COLLECTION, "{basename}-list", False, {}),
        DynamicRoute("^{prefix}/{url_path}{trailing_slash}$", "{basename}-{url_name}", False, {}),
        Route("^{prefix}/{lookup}{trailing_slash}$", ONE, "{basename}-detail", True, {}),
        DynamicRoute(
            "^{prefix}/{lookup}/{url_path}{trailing_slash}$", "{basename}-{url_name}", True, {}
        ),
    ]

    def __init__(self, trailing_slash=True, use_regex_path=True):
        self.trailing_slash = "/" if trailing_slash else ""
        self._use_regex = use_regex_path
        if use_regex_path:
            self._base_pattern = "(?P<{lookup_prefix}{lookup_url_kwarg}>{lookup_value})"
            self._default_value_pattern = "[^/.]+"
            self._url_conf = re_path
        else:
            self._base_pattern = "<{lookup_value}:{lookup_prefix}{lookup_url_kwarg}>"
            self._default_value_pattern = "str"
            self._url_conf = path
            self.routes = [
                route._replace(url=route.url.removeprefix("^").removesuffix("$"))
                for route in self.routes
            ]
        super().__init__()

    def get_default_basename(self, viewset):
        return viewset.queryset.model._meta.object_name.lower()

    def get_lookup_regex(self, viewset, lookup_prefix=""):
        field = _of(viewset, "lookup_field", "pk")
        value = None
        if not self._use_regex:
            value = _of(viewset, "lookup_value_converter")
        if value is None:
            value = _of(viewset, "lookup_value_regex", self._default_value_pattern)
        return self._base_pattern.format(
            lookup_prefix=lookup_prefix,
            lookup_url_kwarg=_of(viewset, "lookup_url_kwarg") or field,
            lookup_value=value,
        )

    def get_routes(self, viewset):
        actions = [
            member
            for name, member in getmembers(viewset)
            if surely_instance(getattr(member, "mapping", None), MethodMapper)
        ]
        routes = []
        for route in self.routes:
            if isinstance(route, DynamicRoute):
                for action in actions:
                    if bool(action.detail) == bool(route.detail):
                        routes.append(self._get_dynamic_route(route, action))
            else:
                routes.append(route)
        return routes

    def _get_dynamic_route(self, route, action):
        url_path = action.url_path.replace("{", "{{").replace("}", "}}")
        return Route(
            url=route.url.replace("{url_path}", url_path),
            mapping=action.mapping.methods,
            name=route.name.replace("{url_name}", action.url_name),
            detail=route.detail,
            initkwargs={},
        )

    def get_method_map(self, viewset, method_map):
        members = dict(getmembers(viewset))
        return {method: action for method, action in method_map.items() if action in members}

    def get_urls(self):
        urls = []
        for prefix, viewset, basename in self.registry:
            lookup = self.get_lookup_regex(viewset)
            for route in self.get_routes(viewset):
                mapping = self.get_method_map(viewset, route.mapping)
                if not mapping:
                    continue
                regex = route.url.format(
                    prefix=prefix, lookup=lookup, trailing_slash=self.trailing_slash
                )
                if not prefix:
                    if not self._use_regex:
                        regex = regex.removeprefix("/")
                    elif regex.startswith("^/"):
                        regex = "^" + regex.removeprefix("^/")
                name = route.name.format(basename=basename)
                urls.append(self._url_conf(regex, viewset.as_view(mapping), name=name))
        return urls


class APIRootView(APIView):
    def get(self, request, *args, **kwargs): ...


class DefaultRouter(SimpleRouter):
    include_root_view = True
    include_format_suffixes = True
    root_view_name = "api-root"
    APIRootView = APIRootView

    def __init__(self, *args, root_renderers=None, **kwargs):
        super().__init__(*args, **kwargs)

    def get_api_root_view(self, api_urls=None):
        return self.APIRootView.as_view()

    def get_urls(self):
        urls = super().get_urls()
        if self.include_root_view:
            view = self.get_api_root_view(api_urls=urls)
            root = re_path("^$", view, name=self.root_view_name)
            if not VERSION.startswith(REGEX_ROOT):
                root = path("", view, name=self.root_view_name)
            urls.append(root)
        if self.include_format_suffixes:
            urls = format_suffix_patterns(urls)
        return urls

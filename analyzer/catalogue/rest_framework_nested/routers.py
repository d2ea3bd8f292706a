# Written by hand.
# Facts about rest_framework_nested.routers: the parent's URL in front of every route.

from rest_framework.routers import DefaultRouter, SimpleRouter


class NestedMixin:
    def __init__(self, parent_router, parent_prefix, *args, lookup=None, **kwargs):
        self.parent_router = parent_router
        self.parent_prefix = parent_prefix
        self.nest_count = getattr(parent_router, "nest_count", 0) + 1
        self.nest_prefix = (lookup or "nested_" + str(self.nest_count)) + "_"
        super().__init__(*args, **kwargs)
        if "trailing_slash" not in kwargs:
            self.trailing_slash = parent_router.trailing_slash
        viewset = None
        for prefix, candidate, basename in parent_router.registry:
            if prefix == parent_prefix:
                viewset = candidate
        regex = parent_router.get_lookup_regex(viewset, self.nest_prefix)
        self.parent_regex = parent_prefix + "/" + regex + "/"
        if not parent_prefix:
            self.parent_regex = self.parent_regex.removeprefix("/")
        if hasattr(parent_router, "parent_regex"):
            self.parent_regex = parent_router.parent_regex + self.parent_regex
        escaped = self.parent_regex.replace("{", "{{").replace("}", "}}")
        self.routes = [
            route._replace(url=route.url.replace("^", "^" + escaped))
            if self._use_regex
            else route._replace(url=escaped + route.url)
            for route in self.routes
        ]


class NestedSimpleRouter(NestedMixin, SimpleRouter):
    pass


class NestedDefaultRouter(NestedMixin, DefaultRouter):
    pass

# Written by hand.
# Facts about rest_framework_extensions.routers: what `register` gives registers below it.

from rest_framework.routers import DefaultRouter, SimpleRouter


class NestedRegistryItem:
    def __init__(self, router, parent_prefix, parent_item=None, parent_viewset=None):
        self.router = router
        self.parent_prefix = parent_prefix
        self.parent_item = parent_item
        self.parent_viewset = parent_viewset

    def register(self, prefix, viewset, basename, parents_query_lookups):
        parents = self._prefix(parents_query_lookups)
        self.router._register(prefix=parents + "/" + prefix, viewset=viewset, basename=basename)
        return NestedRegistryItem(self.router, prefix, self, viewset)

    def _prefix(self, lookups):
        regex = getattr(self.parent_viewset, "lookup_value_regex", "[^/.]+")
        own = self.parent_prefix + "/(?P<parent_lookup_" + lookups[-1] + ">" + regex + ")"
        if self.parent_item is None:
            return own
        return self.parent_item._prefix(lookups[:-1]) + "/" + own


class NestedRouterMixin:
    def _register(self, *args, **kwargs):
        return super().register(*args, **kwargs)

    def register(self, *args, **kwargs):
        self._register(*args, **kwargs)
        prefix, viewset, basename = self.registry[-1]
        return NestedRegistryItem(self, prefix, parent_viewset=viewset)


class ExtendedRouterMixin(NestedRouterMixin):
    pass


class ExtendedSimpleRouter(ExtendedRouterMixin, SimpleRouter):
    pass


class ExtendedDefaultRouter(ExtendedRouterMixin, DefaultRouter):
    pass

# Facts about rest_framework_nested.routers, written by generate.py.

from rest_framework.routers import DefaultRouter
from rest_framework.routers import SimpleRouter


class LookupMixin:
    pass


class NestedMixin:

    def check_valid_name(self, *args, **kwargs): ...


class NestedSimpleRouter(NestedMixin, SimpleRouter):
    pass


class NestedDefaultRouter(NestedMixin, DefaultRouter):
    pass

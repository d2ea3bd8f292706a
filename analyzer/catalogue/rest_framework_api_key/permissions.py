# Facts about rest_framework_api_key.permissions, written by generate.py.

from rest_framework.permissions import BasePermission
from rest_framework_api_key.models import APIKey


class KeyParser:
    keyword = 'Api-Key'

    def get(self, *args, **kwargs): ...

    def get_from_authorization(self, *args, **kwargs): ...

    def get_from_header(self, *args, **kwargs): ...


class BaseHasAPIKey(BasePermission):
    model = None

    def get_key(self, *args, **kwargs): ...

    def has_permission(self, *args, **kwargs): ...

    def has_object_permission(self, *args, **kwargs): ...


class HasAPIKey(BaseHasAPIKey):
    model = APIKey

# Facts about django_extensions.db.fields, written by generate.py.

from django.db import models


HAS_UUID = True
HAS_SHORT_UUID = False
LOOKUP_SEP = '__'
MAX_UNIQUE_QUERY_ATTEMPTS = 100


class UniqueFieldMixin:

    def check_is_bool(self, *args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...

    def find_unique(self, *args, **kwargs): ...


class AutoSlugField(UniqueFieldMixin, models.SlugField):
    pass


class RandomCharField(UniqueFieldMixin, models.CharField):
    pass


class CreationDateTimeField(models.DateTimeField):
    pass


class ModificationDateTimeField(CreationDateTimeField):
    pass


class UUIDVersionError:
    pass


class UUIDFieldMixin:
    DEFAULT_MAX_LENGTH = 36

    def create_uuid(self, *args, **kwargs): ...

    def pre_save(self, *args, **kwargs): ...

    def formfield(self, *args, **kwargs): ...

    def deconstruct(self, *args, **kwargs): ...


class ShortUUIDField(UUIDFieldMixin, models.CharField):
    DEFAULT_MAX_LENGTH = 22

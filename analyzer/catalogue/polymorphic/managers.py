# Facts about polymorphic.managers, written by generate.py.

from django.db import models


TYPE_CHECKING = False
DEFAULT_DB_ALIAS = 'default'


class PolymorphicManager(models.Manager):

    @classmethod
    def from_queryset(*args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...

    def non_polymorphic(self, *args, **kwargs): ...

    def instance_of(self, *args, **kwargs): ...

    def not_instance_of(self, *args, **kwargs): ...

    def get_real_instances(self, *args, **kwargs): ...

    def create_from_super(self, *args, **kwargs): ...


class PolymorphicRelatedManager(PolymorphicManager):
    pass


class PolymorphicManyRelatedManager(PolymorphicManager):
    pass


class PolymorphicManyToManyDescriptor:
    pass


class PolymorphicReverseManyToOneDescriptor:
    pass


class PolymorphicForwardManyToOneDescriptor:

    def get_queryset(self, *args, **kwargs): ...


class PolymorphicForwardOneToOneDescriptor(PolymorphicForwardManyToOneDescriptor):
    pass


class PolymorphicReverseOneToOneDescriptor:

    def get_queryset(self, *args, **kwargs): ...

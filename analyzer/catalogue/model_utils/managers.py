# Facts about model_utils.managers, written by generate.py.

from django.db import models
from django.db.models.query import ModelIterable


TYPE_CHECKING = False
LOOKUP_SEP = '__'


class InheritanceIterable(ModelIterable):
    pass


class InheritanceQuerySetMixin:

    def select_subclasses(self, *args, **kwargs): ...

    def annotate(self, *args, **kwargs): ...

    def get_subclass(self, *args, **kwargs): ...


class InheritanceQuerySet(InheritanceQuerySetMixin, models.QuerySet):

    def instance_of(self, *args, **kwargs): ...


class InheritanceManagerMixin:

    def get_queryset(self, *args, **kwargs): ...

    def select_subclasses(self, *args, **kwargs): ...

    def get_subclass(self, *args, **kwargs): ...

    def instance_of(self, *args, **kwargs): ...


class InheritanceManager(InheritanceManagerMixin, models.Manager):
    pass


class QueryManagerMixin:

    def order_by(self, *args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...


class QueryManager(QueryManagerMixin, models.Manager):
    pass


class SoftDeletableQuerySetMixin:

    def delete(self, *args, **kwargs): ...


class SoftDeletableQuerySet(SoftDeletableQuerySetMixin, models.QuerySet):
    pass


class SoftDeletableManagerMixin:

    def get_queryset(self, *args, **kwargs): ...


class SoftDeletableManager(SoftDeletableManagerMixin, models.Manager):
    pass


class JoinQueryset(models.QuerySet):

    def join(self, *args, **kwargs): ...


class JoinManagerMixin:

    def get_queryset(self, *args, **kwargs): ...


class JoinManager(JoinManagerMixin):
    pass

# Facts about polymorphic.query, written by generate.py.

from django.db import models
from django.db.models.query import ModelIterable


TYPE_CHECKING = False


class BasePolymorphicModelIterable(ModelIterable):
    pass


class PolymorphicModelIterable(BasePolymorphicModelIterable):
    pass


def transmogrify(*args, **kwargs): ...


class PolymorphicQuerySet(models.QuerySet):

    @classmethod
    def as_manager(*args, **kwargs): ...

    def bulk_create(self, *args, **kwargs): ...

    def non_polymorphic(self, *args, **kwargs): ...

    def instance_of(self, *args, **kwargs): ...

    def not_instance_of(self, *args, **kwargs): ...

    def order_by(self, *args, **kwargs): ...

    def defer(self, *args, **kwargs): ...

    def only(self, *args, **kwargs): ...

    def annotate(self, *args, **kwargs): ...

    def aggregate(self, *args, **kwargs): ...

    def get_real_instances(self, *args, **kwargs): ...

    def delete(self, *args, **kwargs): ...

# Facts about ordered_model.models, written by generate.py.

from django.db import models


LOOKUP_SEP = '__'


def get_lookup_value(*args, **kwargs): ...


class OrderedModelQuerySet(models.QuerySet):

    def get_max_order(self, *args, **kwargs): ...

    def get_min_order(self, *args, **kwargs): ...

    def get_next_order(self, *args, **kwargs): ...

    def above(self, *args, **kwargs): ...

    def above_instance(self, *args, **kwargs): ...

    def below(self, *args, **kwargs): ...

    def below_instance(self, *args, **kwargs): ...

    def decrease_order(self, *args, **kwargs): ...

    def increase_order(self, *args, **kwargs): ...

    def bulk_create(self, *args, **kwargs): ...


class OrderedModelManager(models.Manager.from_queryset(OrderedModelQuerySet)):
    pass


class OrderedModelBase(models.Model):
    objects = OrderedModelManager()

    class Meta:
        abstract = True


class OrderedModel(OrderedModelBase):
    order = models.PositiveIntegerField()

    class Meta:
        abstract = True

# Written by hand.
# What django.db.models.manager does: a manager hands every method of querysets on to a queryset of
# its model, which `get_queryset` makes.

import outgrow

from django.db.models.query import QuerySet


class BaseManager:
    use_in_migrations = False
    _queryset_class = QuerySet

    @classmethod
    def from_queryset(cls, queryset_class, class_name=None):
        name = class_name or f"{cls.__name__}From{queryset_class.__name__}"
        return type(name, (cls, queryset_class), {"_queryset_class": queryset_class})

    def check(self, **kwargs): ...

    def db_manager(self, using=None, hints=None):
        return self

    def get_queryset(self):
        return outgrow.queryset(self)

    def all(self):
        return self.get_queryset()

    def add(self, *objs, **kwargs): ...

    def remove(self, *objs, **kwargs): ...

    def set(self, objs, **kwargs): ...

    def clear(self): ...

    def filter(self, *args, **kwargs):
        return self.get_queryset().filter(*args, **kwargs)

    def exclude(self, *args, **kwargs):
        return self.get_queryset().exclude(*args, **kwargs)

    def get(self, *args, **kwargs):
        return self.get_queryset().get(*args, **kwargs)

    def first(self, *args, **kwargs):
        return self.get_queryset().first(*args, **kwargs)

    def last(self, *args, **kwargs):
        return self.get_queryset().last(*args, **kwargs)

    def count(self, *args, **kwargs):
        return self.get_queryset().count(*args, **kwargs)

    def exists(self, *args, **kwargs):
        return self.get_queryset().exists(*args, **kwargs)

    def aggregate(self, *args, **kwargs):
        return self.get_queryset().aggregate(*args, **kwargs)

    def create(self, *args, **kwargs):
        return self.get_queryset().create(*args, **kwargs)

    def bulk_create(self, *args, **kwargs):
        return self.get_queryset().bulk_create(*args, **kwargs)

    def bulk_update(self, *args, **kwargs):
        return self.get_queryset().bulk_update(*args, **kwargs)

    def get_or_create(self, *args, **kwargs):
        return self.get_queryset().get_or_create(*args, **kwargs)

    def update_or_create(self, *args, **kwargs):
        return self.get_queryset().update_or_create(*args, **kwargs)

    def update(self, *args, **kwargs):
        return self.get_queryset().update(*args, **kwargs)

    def delete(self, *args, **kwargs):
        return self.get_queryset().delete(*args, **kwargs)

    def values(self, *args, **kwargs):
        return self.get_queryset().values(*args, **kwargs)

    def values_list(self, *args, **kwargs):
        return self.get_queryset().values_list(*args, **kwargs)

    def dates(self, *args, **kwargs):
        return self.get_queryset().dates(*args, **kwargs)

    def datetimes(self, *args, **kwargs):
        return self.get_queryset().datetimes(*args, **kwargs)

    def none(self, *args, **kwargs):
        return self.get_queryset().none(*args, **kwargs)

    def order_by(self, *args, **kwargs):
        return self.get_queryset().order_by(*args, **kwargs)

    def distinct(self, *args, **kwargs):
        return self.get_queryset().distinct(*args, **kwargs)

    def select_related(self, *args, **kwargs):
        return self.get_queryset().select_related(*args, **kwargs)

    def prefetch_related(self, *args, **kwargs):
        return self.get_queryset().prefetch_related(*args, **kwargs)

    def select_for_update(self, *args, **kwargs):
        return self.get_queryset().select_for_update(*args, **kwargs)

    def annotate(self, *args, **kwargs):
        return self.get_queryset().annotate(*args, **kwargs)

    def alias(self, *args, **kwargs):
        return self.get_queryset().alias(*args, **kwargs)

    def earliest(self, *args, **kwargs):
        return self.get_queryset().earliest(*args, **kwargs)

    def latest(self, *args, **kwargs):
        return self.get_queryset().latest(*args, **kwargs)

    def in_bulk(self, *args, **kwargs):
        return self.get_queryset().in_bulk(*args, **kwargs)

    def iterator(self, *args, **kwargs):
        return self.get_queryset().iterator(*args, **kwargs)

    def raw(self, *args, **kwargs):
        return self.get_queryset().raw(*args, **kwargs)

    def reverse(self, *args, **kwargs):
        return self.get_queryset().reverse(*args, **kwargs)

    def defer(self, *args, **kwargs):
        return self.get_queryset().defer(*args, **kwargs)

    def only(self, *args, **kwargs):
        return self.get_queryset().only(*args, **kwargs)

    def using(self, *args, **kwargs):
        return self.get_queryset().using(*args, **kwargs)

    def union(self, *args, **kwargs):
        return self.get_queryset().union(*args, **kwargs)

    def intersection(self, *args, **kwargs):
        return self.get_queryset().intersection(*args, **kwargs)

    def difference(self, *args, **kwargs):
        return self.get_queryset().difference(*args, **kwargs)

    def extra(self, *args, **kwargs):
        return self.get_queryset().extra(*args, **kwargs)

    def complex_filter(self, *args, **kwargs):
        return self.get_queryset().complex_filter(*args, **kwargs)

    def contains(self, *args, **kwargs):
        return self.get_queryset().contains(*args, **kwargs)

    def explain(self, *args, **kwargs):
        return self.get_queryset().explain(*args, **kwargs)

    def aget(self, *args, **kwargs):
        return self.get_queryset().aget(*args, **kwargs)

    def afirst(self, *args, **kwargs):
        return self.get_queryset().afirst(*args, **kwargs)

    def alast(self, *args, **kwargs):
        return self.get_queryset().alast(*args, **kwargs)

    def acount(self, *args, **kwargs):
        return self.get_queryset().acount(*args, **kwargs)

    def aexists(self, *args, **kwargs):
        return self.get_queryset().aexists(*args, **kwargs)

    def aaggregate(self, *args, **kwargs):
        return self.get_queryset().aaggregate(*args, **kwargs)

    def acreate(self, *args, **kwargs):
        return self.get_queryset().acreate(*args, **kwargs)

    def abulk_create(self, *args, **kwargs):
        return self.get_queryset().abulk_create(*args, **kwargs)

    def abulk_update(self, *args, **kwargs):
        return self.get_queryset().abulk_update(*args, **kwargs)

    def aget_or_create(self, *args, **kwargs):
        return self.get_queryset().aget_or_create(*args, **kwargs)

    def aupdate_or_create(self, *args, **kwargs):
        return self.get_queryset().aupdate_or_create(*args, **kwargs)

    def aupdate(self, *args, **kwargs):
        return self.get_queryset().aupdate(*args, **kwargs)

    def adelete(self, *args, **kwargs):
        return self.get_queryset().adelete(*args, **kwargs)

    def aearliest(self, *args, **kwargs):
        return self.get_queryset().aearliest(*args, **kwargs)

    def alatest(self, *args, **kwargs):
        return self.get_queryset().alatest(*args, **kwargs)

    def ain_bulk(self, *args, **kwargs):
        return self.get_queryset().ain_bulk(*args, **kwargs)

    def aiterator(self, *args, **kwargs):
        return self.get_queryset().aiterator(*args, **kwargs)


class Manager(BaseManager):
    pass


class EmptyManager(Manager):
    def __init__(self, model):
        self.model = model

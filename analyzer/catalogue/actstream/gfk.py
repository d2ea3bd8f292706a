# Facts about actstream.gfk, written by generate.py.

from django.db import models
from django.db.models.query import EmptyQuerySet


class GFKManager(models.Manager):

    def get_query_set(self, *args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...

    def none(self, *args, **kwargs): ...


class GFKQuerySet(models.QuerySet):

    def fetch_generic_relations(self, *args, **kwargs): ...

    def none(self, *args, **kwargs): ...


class EmptyGFKQuerySet(GFKQuerySet, EmptyQuerySet):

    def fetch_generic_relations(self, *args, **kwargs): ...

# Facts about mptt.querysets, written by generate.py.

from django.db import models


class TreeQuerySet(models.QuerySet):

    @classmethod
    def as_manager(*args, **kwargs): ...

    def get_descendants(self, *args, **kwargs): ...

    def get_ancestors(self, *args, **kwargs): ...

    def get_cached_trees(self, *args, **kwargs): ...

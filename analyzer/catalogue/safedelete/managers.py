# Written by hand.
# Facts about safedelete.managers.

from django.db import models

from .queryset import SafeDeleteQueryset


class SafeDeleteManager(models.Manager):
    _queryset_class = SafeDeleteQueryset

    def __init__(self, queryset_class=None):
        super().__init__()
        if queryset_class:
            self._queryset_class = queryset_class

    def get_queryset(self):
        return self._queryset_class(self.model, using=self._db)

    def all_with_deleted(self):
        return self.get_queryset()

    def deleted_only(self):
        return self.get_queryset()

    def all(self, **kwargs):
        return self.get_queryset()


class SafeDeleteAllManager(SafeDeleteManager):
    pass


class SafeDeleteDeletedManager(SafeDeleteManager):
    pass

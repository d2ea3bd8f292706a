# Facts about django_fsm_log.managers, written by generate.py.

from django.db import models


class StateLogQuerySet(models.QuerySet):

    def for_(self, *args, **kwargs): ...


class StateLogManager(models.Manager):
    use_in_migrations = True

    def get_queryset(self, *args, **kwargs): ...


class PendingStateLogManager(models.Manager):

    def create(self, *args, **kwargs): ...

    def commit_for_object(self, *args, **kwargs): ...

    def get_for_object(self, *args, **kwargs): ...

# Facts about model_utils.models, written by generate.py.

from django.db import models
from model_utils.fields import AutoCreatedField
from model_utils.fields import AutoLastModifiedField
from model_utils.fields import MonitorField
from model_utils.fields import StatusField
from model_utils.fields import UUIDField
from model_utils.managers import QueryManager
from model_utils.managers import SoftDeletableManager


class TimeStampedModel(models.Model):
    created = AutoCreatedField()
    modified = AutoLastModifiedField()

    class Meta:
        abstract = True


class TimeFramedModel(models.Model):
    start = models.DateTimeField(null=True)
    end = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class StatusModel(models.Model):
    status = StatusField()
    status_changed = MonitorField()

    class Meta:
        abstract = True


def add_status_query_managers(*args, **kwargs): ...


def add_timeframed_query_manager(*args, **kwargs): ...


class SoftDeletableModel(models.Model):
    is_removed = models.BooleanField()
    objects = SoftDeletableManager()
    available_objects = SoftDeletableManager()
    all_objects = models.Manager()

    class Meta:
        abstract = True


class UUIDModel(models.Model):
    id = UUIDField(primary_key=True)

    class Meta:
        abstract = True

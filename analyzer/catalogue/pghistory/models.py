# Written by hand.
# Facts about pghistory.models.

from django.conf import settings
from django.db import models


class Context(models.Model):
    id = models.UUIDField(primary_key=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    metadata = models.JSONField(default=dict)


class EventQuerySet(models.QuerySet):
    pass


class Event(models.Model):
    pgh_id = models.AutoField(primary_key=True)
    pgh_created_at = models.DateTimeField(auto_now_add=True)
    pgh_label = models.TextField()

    objects = EventQuerySet.as_manager()

    class Meta:
        abstract = True


class EventsQuerySet(models.QuerySet):
    def references(self, *args): ...

    def tracks(self, *args): ...

    def across(self, *args): ...


class Events(models.Model):
    pgh_slug = models.TextField(primary_key=True)
    pgh_model = models.CharField(max_length=64)
    pgh_id = models.BigIntegerField()
    pgh_created_at = models.DateTimeField(auto_now_add=True)
    pgh_label = models.TextField()
    pgh_data = models.JSONField()
    pgh_diff = models.JSONField()
    pgh_context_id = models.UUIDField(null=True)
    pgh_context = models.JSONField(null=True)
    pgh_obj_model = models.CharField(max_length=64)
    pgh_obj_id = models.TextField(null=True)

    objects = EventsQuerySet.as_manager()

    class Meta:
        managed = False


class MiddlewareEvents(Events):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, null=True
    )
    url = models.TextField(null=True)

    class Meta:
        proxy = True

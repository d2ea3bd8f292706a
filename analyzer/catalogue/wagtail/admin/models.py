# Facts about wagtail.admin.models, written by generate.py.

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models


class Admin(models.Model):
    objects = models.Manager()


def get_object_usage(*args, **kwargs): ...


def popular_tags_for_model(*args, **kwargs): ...


class EditingSessionQuerySet(models.QuerySet):

    def stale(self, *args, **kwargs): ...

    def available(self, *args, **kwargs): ...


class EditingSession(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="editing_sessions",
    )
    content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.CASCADE,
        related_name="+",
    )
    object_id = models.CharField()
    content_object = GenericForeignKey("content_type", "object_id")
    last_seen_at = models.DateTimeField()
    is_editing = models.BooleanField()
    objects = models.Manager.from_queryset(EditingSessionQuerySet)()


class FormStateQuerySet(models.QuerySet):

    def for_instance(self, *args, **kwargs): ...

    def for_preview(self, *args, **kwargs): ...

    def stale(self, *args, **kwargs): ...


class FormStateManager(models.Manager.from_queryset(FormStateQuerySet)):

    def update_or_create_by_instance(self, *args, **kwargs): ...


class FormState(models.Model):
    data = models.TextField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="wagtail_form_states",
    )
    content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.CASCADE,
        related_name="+",
    )
    object_id = models.CharField()
    content_object = GenericForeignKey("content_type", "object_id")
    parent_object_id = models.CharField()
    last_updated_at = models.DateTimeField()
    objects = FormStateManager()

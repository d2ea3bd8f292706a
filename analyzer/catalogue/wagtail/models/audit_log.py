# Facts about wagtail.models.audit_log, written by generate.py.

from django.conf import settings
from django.db import models


class LogEntryQuerySet(models.QuerySet):

    def get_actions(self, *args, **kwargs): ...

    def get_user_ids(self, *args, **kwargs): ...

    def get_users(self, *args, **kwargs): ...

    def get_content_type_ids(self, *args, **kwargs): ...

    def filter_on_content_type(self, *args, **kwargs): ...

    def with_instances(self, *args, **kwargs): ...

    def latest_uuid_for_user_revision_action(self, *args, **kwargs): ...

    def latest_by_uuid_and_action(self, *args, **kwargs): ...


class BaseLogEntryManager(models.Manager):

    def get_queryset(self, *args, **kwargs): ...

    def get_instance_title(self, *args, **kwargs): ...

    def log_action(self, *args, **kwargs): ...

    def viewable_by_user(self, *args, **kwargs): ...

    def get_for_model(self, *args, **kwargs): ...

    def get_for_user(self, *args, **kwargs): ...

    def for_instance(self, *args, **kwargs): ...


class BaseLogEntry(models.Model):
    content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    label = models.TextField()
    action = models.CharField()
    data = models.JSONField()
    timestamp = models.DateTimeField()
    uuid = models.UUIDField(null=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        on_delete=models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
    )
    content_changed = models.BooleanField()
    deleted = models.BooleanField()
    objects = BaseLogEntryManager()

    class Meta:
        abstract = True


class ModelLogEntryManager(BaseLogEntryManager):

    def log_action(self, *args, **kwargs): ...

    def for_instance(self, *args, **kwargs): ...


class ModelLogEntry(BaseLogEntry):
    object_id = models.CharField()
    objects = ModelLogEntryManager()

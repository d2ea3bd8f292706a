# Facts about auditlog.models, written by generate.py.

from auditlog import get_logentry_model
from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models


DEFAULT_DB_ALIAS = 'default'


class LogEntryManager(models.Manager):

    def log_create(self, *args, **kwargs): ...

    def log_m2m_changes(self, *args, **kwargs): ...

    def get_for_object(self, *args, **kwargs): ...

    def get_for_objects(self, *args, **kwargs): ...

    def get_for_model(self, *args, **kwargs): ...


class AbstractLogEntry(models.Model):
    content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.CASCADE,
        related_name="+",
    )
    object_pk = models.CharField()
    object_id = models.BigIntegerField(null=True)
    object_repr = models.TextField()
    serialized_data = models.JSONField(null=True)
    action = models.PositiveSmallIntegerField()
    changes_text = models.TextField()
    changes = models.JSONField(null=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    cid = models.CharField(null=True)
    remote_addr = models.GenericIPAddressField(null=True)
    remote_port = models.PositiveIntegerField(null=True)
    timestamp = models.DateTimeField()
    additional_data = models.JSONField(null=True)
    actor_email = models.CharField(null=True)
    objects = LogEntryManager()

    class Meta:
        abstract = True


class LogEntry(AbstractLogEntry):

    class Meta:
        swappable = "AUDITLOG_LOGENTRY_MODEL"


class AuditlogHistoryField(GenericRelation):
    pass

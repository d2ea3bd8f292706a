# Facts about django_fsm_log.models, written by generate.py.

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models
from django_fsm_log.managers import StateLogManager


class StateLog(models.Model):
    timestamp = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    source_state = models.CharField(null=True)
    state = models.CharField()
    transition = models.CharField()
    content_type = models.ForeignKey("contenttypes.ContentType", on_delete=models.CASCADE)
    object_id = models.PositiveIntegerField()
    content_object = GenericForeignKey("content_type", "object_id")
    description = models.TextField(null=True)
    objects = StateLogManager()

# Facts about debug_toolbar.models, written by generate.py.

from django.db import models


class HistoryEntry(models.Model):
    request_id = models.UUIDField(primary_key=True)
    data = models.JSONField()
    created_at = models.DateTimeField()
    objects = models.Manager()

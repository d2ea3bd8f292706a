# Facts about djblets.webapi.models, written by generate.py.

from django.conf import settings
from django.db import models
from djblets.db.fields.json_field import JSONField
from djblets.db.fields.modification_timestamp_field import ModificationTimestampField


class BaseWebAPIToken(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="webapi_tokens",
    )
    token = models.CharField(unique=True)
    token_generator_id = models.CharField()
    time_added = models.DateTimeField()
    last_updated = ModificationTimestampField()
    last_used = models.DateTimeField(null=True)
    expires = models.DateTimeField(null=True)
    valid = models.BooleanField()
    invalid_date = models.DateTimeField(null=True)
    invalid_reason = models.TextField()
    note = models.TextField()
    policy = JSONField(null=True)
    extra_data = JSONField(null=True)

    class Meta:
        abstract = True

# Facts about djblets.integrations.models, written by generate.py.

from django.db import models
from djblets.db.fields.json_field import JSONField


TYPE_CHECKING = False


class BaseIntegrationConfig(models.Model):
    integration_id = models.CharField()
    time_added = models.DateTimeField()
    last_updated = models.DateTimeField()
    name = models.CharField(null=True)
    enabled = models.BooleanField()
    settings = JSONField()
    extra_data = JSONField()

    class Meta:
        abstract = True

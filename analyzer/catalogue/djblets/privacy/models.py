# Facts about djblets.privacy.models, written by generate.py.

from django.conf import settings
from django.db import models
from djblets.db.fields.json_field import JSONField


class StoredConsentData(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    audit_identifier = models.CharField(null=True)
    time_added = models.DateTimeField()
    last_updated = models.DateTimeField()
    consent_grants = JSONField()
    audit_trail = JSONField()
    objects = models.Manager()

    class Meta:
        db_table = "djblets_privacy_storedconsentdata"

# Facts about wagtail.models.api, written by generate.py.

from django.conf import settings
from django.db import models


TOKEN_PREFIX = 'wagtail_'
KEY_SECRET_BYTES = 20
KEY_SECRET_LENGTH = 27
KEY_CHECKSUM_LENGTH = 6
KEY_SALT = 'wagtail.apitoken'
DISPLAY_PREFIX_LENGTH = 12


class APIToken(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="api_tokens",
    )
    name = models.CharField()
    key_hash = models.CharField(unique=True)
    prefix = models.CharField()
    created = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    objects = models.Manager()

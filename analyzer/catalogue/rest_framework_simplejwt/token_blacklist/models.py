# Facts about rest_framework_simplejwt.token_blacklist.models, written by generate.py.

from django.conf import settings
from django.db import models


class OutstandingToken(models.Model):
    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    jti = models.CharField(unique=True)
    token = models.TextField()
    created_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    objects = models.Manager()


class BlacklistedToken(models.Model):
    id = models.BigAutoField(primary_key=True)
    token = models.OneToOneField("token_blacklist.OutstandingToken", on_delete=models.CASCADE)
    blacklisted_at = models.DateTimeField()
    objects = models.Manager()

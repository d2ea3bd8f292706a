# Facts about knox.models, written by generate.py.

from django.conf import settings
from django.db import models


def get_expiry(*args, **kwargs): ...


def get_digest_token(*args, **kwargs): ...


class AuthTokenManager(models.Manager):

    def create(self, *args, **kwargs): ...


class AbstractAuthToken(models.Model):
    digest = models.CharField(primary_key=True)
    token_key = models.CharField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="auth_token_set",
    )
    created = models.DateTimeField()
    expiry = models.DateTimeField(null=True)
    objects = AuthTokenManager()

    class Meta:
        abstract = True


class AuthToken(AbstractAuthToken):

    class Meta:
        swappable = "KNOX_TOKEN_MODEL"


def get_token_model(*args, **kwargs): ...

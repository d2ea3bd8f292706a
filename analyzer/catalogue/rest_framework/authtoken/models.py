# Facts about rest_framework.authtoken.models, written by generate.py.

from django.conf import settings
from django.db import models


class Token(models.Model):
    key = models.CharField(primary_key=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="auth_token",
    )
    created = models.DateTimeField()
    objects = models.Manager()


class TokenProxyQuerySet(models.QuerySet):

    def delete(self, *args, **kwargs): ...


class TokenProxy(Token):
    objects = models.Manager.from_queryset(TokenProxyQuerySet)()

    class Meta:
        proxy = True

# Facts about user_sessions.models, written by generate.py.

from django.conf import settings
from django.db import models


class SessionManager(models.Manager):
    use_in_migrations = True

    def encode(self, *args, **kwargs): ...

    def save(self, *args, **kwargs): ...


class Session(models.Model):
    session_key = models.CharField(primary_key=True)
    session_data = models.TextField()
    expire_date = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True)
    user_agent = models.CharField(null=True)
    last_activity = models.DateTimeField()
    ip = models.GenericIPAddressField(null=True)
    objects = SessionManager()

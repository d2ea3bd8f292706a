# Facts about django.contrib.sessions.base_session, written by generate.py.

from django.db import models


class BaseSessionManager(models.Manager):

    def encode(self, *args, **kwargs): ...

    def save(self, *args, **kwargs): ...


class AbstractBaseSession(models.Model):
    session_key = models.CharField(primary_key=True)
    session_data = models.TextField()
    expire_date = models.DateTimeField()
    objects = BaseSessionManager()

    class Meta:
        abstract = True

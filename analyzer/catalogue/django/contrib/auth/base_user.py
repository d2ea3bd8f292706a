# Facts about django.contrib.auth.base_user, written by generate.py.

from django.db import models


class BaseUserManager(models.Manager):

    @classmethod
    def normalize_email(*args, **kwargs): ...

    def get_by_natural_key(self, *args, **kwargs): ...

    def aget_by_natural_key(self, *args, **kwargs): ...


class AbstractBaseUser(models.Model):
    password = models.CharField()
    last_login = models.DateTimeField(null=True)

    class Meta:
        abstract = True

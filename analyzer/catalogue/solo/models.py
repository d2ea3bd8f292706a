# Facts about solo.models, written by generate.py.

from django.db import models


DEFAULT_SINGLETON_INSTANCE_ID = 1


def get_cache(*args, **kwargs): ...


class SingletonModel(models.Model):

    class Meta:
        abstract = True

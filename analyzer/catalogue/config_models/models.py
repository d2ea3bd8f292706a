# Facts about config_models.models, written by generate.py.

from django.conf import settings
from django.db import models


class ConfigurationModelManager(models.Manager):

    def current_set(self, *args, **kwargs): ...

    def with_active_flag(self, *args, **kwargs): ...


class ConfigurationModel(models.Model):
    change_date = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    enabled = models.BooleanField()
    objects = ConfigurationModelManager()

    class Meta:
        abstract = True

# Facts about djblets.extensions.models, written by generate.py.

from django.db import models
from djblets.db.fields.json_field import JSONField


class RegisteredExtension(models.Model):
    class_name = models.CharField(unique=True)
    name = models.CharField()
    enabled = models.BooleanField()
    installed = models.BooleanField()
    settings = JSONField()
    objects = models.Manager()

    class Meta:
        db_table = "extensions_registeredextension"

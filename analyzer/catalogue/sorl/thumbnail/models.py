# Facts about sorl.thumbnail.models, written by generate.py.

from django.db import models


class KVStore(models.Model):
    key = models.CharField(primary_key=True, db_column="key")
    value = models.TextField()
    objects = models.Manager()

# Facts about modelsearch.abstract_models, written by generate.py.

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models


class TextIDGenericRelation(GenericRelation):
    auto_created = True


class BaseIndexEntry(models.Model):
    content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.CASCADE,
        related_name="+",
    )
    object_id = models.CharField()
    content_object = GenericForeignKey("content_type", "object_id")
    title_norm = models.FloatField()

    class Meta:
        abstract = True


class AbstractSQLiteFTSIndexEntry(models.Model):
    autocomplete = models.TextField(null=True)
    title = models.TextField()
    body = models.TextField(null=True)

    class Meta:
        abstract = True


class AbstractSQLiteIndexEntry(BaseIndexEntry):
    autocomplete = models.TextField(null=True)
    title = models.TextField()
    body = models.TextField(null=True)

    class Meta:
        abstract = True

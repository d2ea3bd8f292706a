# Written by hand.
# Facts about modelsearch.abstract_models: the index tables of each kind of database, and the
# generic relation that every indexed model gets.

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.db import connection, models
from modelsearch.index import class_is_indexed


class TextIDGenericRelation(GenericRelation):
    auto_created = True


class BaseIndexEntry(models.Model):
    content_type = models.ForeignKey(
        "contenttypes.ContentType", on_delete=models.CASCADE, related_name="+"
    )
    object_id = models.CharField()
    content_object = GenericForeignKey("content_type", "object_id")
    title_norm = models.FloatField()

    class Meta:
        abstract = True

    @classmethod
    def add_generic_relations(cls):
        for model in apps.get_models():
            if class_is_indexed(model):
                TextIDGenericRelation(cls).contribute_to_class(model, "index_entries")


class AbstractPostgresIndexEntry(BaseIndexEntry):
    autocomplete = models.Field()
    title = models.Field()
    body = models.Field()
    title_text = models.TextField()
    body_text = models.TextField()

    class Meta:
        abstract = True


class AbstractSQLiteIndexEntry(BaseIndexEntry):
    autocomplete = models.TextField(null=True)
    title = models.TextField()
    body = models.TextField(null=True)

    class Meta:
        abstract = True


class AbstractMySQLIndexEntry(BaseIndexEntry):
    autocomplete = models.TextField(null=True)
    title = models.TextField()
    body = models.TextField(null=True)

    class Meta:
        abstract = True


AbstractSQLiteFTSIndexEntry = None

if connection.vendor == "postgresql":
    AbstractIndexEntry = AbstractPostgresIndexEntry
elif connection.vendor == "mysql":
    AbstractIndexEntry = AbstractMySQLIndexEntry
elif connection.vendor == "sqlite":
    AbstractIndexEntry = AbstractSQLiteIndexEntry

    class AbstractSQLiteFTSIndexEntry(models.Model):
        autocomplete = models.TextField(null=True)
        title = models.TextField()
        body = models.TextField(null=True)

        class Meta:
            abstract = True
else:
    AbstractIndexEntry = BaseIndexEntry

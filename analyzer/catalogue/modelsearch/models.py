# Facts about modelsearch.models, written by generate.py.

from django.db import models
from modelsearch.abstract_models import AbstractSQLiteFTSIndexEntry
from modelsearch.abstract_models import AbstractSQLiteIndexEntry


class IndexEntry(AbstractSQLiteIndexEntry):
    objects = models.Manager()


class SQLiteFTSIndexEntry(AbstractSQLiteFTSIndexEntry):
    index_entry = models.OneToOneField(
        "modelsearch.IndexEntry",
        on_delete=models.CASCADE,
        primary_key=True,
        db_column="rowid",
    )
    objects = models.Manager()

    class Meta:
        db_table = "modelsearch_indexentry_fts"

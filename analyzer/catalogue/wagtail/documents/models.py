# Facts about wagtail.documents.models, written by generate.py.

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models.manager import ManagerFromDocumentQuerySet
from modelsearch.abstract_models import TextIDGenericRelation
from modelsearch.index import Indexed
from taggit.managers import TaggableManager


class DocumentQuerySet(models.QuerySet):
    pass


class AbstractDocument(Indexed, models.Model):
    title = models.CharField()
    file = models.FileField()
    created_at = models.DateTimeField()
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
    )
    tags = TaggableManager(through="taggit.TaggedItem")
    file_size = models.PositiveBigIntegerField(null=True)
    file_hash = models.CharField()
    objects = ManagerFromDocumentQuerySet()

    class Meta:
        abstract = True


class Document(AbstractDocument):
    tagged_items = GenericRelation("taggit.TaggedItem", on_delete=models.DO_NOTHING, null=True)
    index_entries = TextIDGenericRelation(
        "modelsearch.IndexEntry",
        on_delete=models.DO_NOTHING,
        null=True,
    )
    index_entries = TextIDGenericRelation(
        "wagtailsearch.IndexEntry",
        on_delete=models.DO_NOTHING,
        null=True,
    )

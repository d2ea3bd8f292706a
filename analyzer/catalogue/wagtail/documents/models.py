# Facts about wagtail.documents.models, written by generate.py.

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from modelsearch.abstract_models import TextIDGenericRelation
from modelsearch.index import Indexed
from taggit.managers import TaggableManager
from wagtail.models.media import CollectionMember
from wagtail.models.reference_index import ReferenceIndex


class DocumentQuerySet(models.QuerySet):
    pass


class AbstractDocument(CollectionMember, Indexed, models.Model):
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
    search_fields = [
        "collection",
        "title",
        "id",
        "tags",
        "uploaded_by_user",
        "created_at",
    ]
    objects = models.Manager.from_queryset(DocumentQuerySet)()

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

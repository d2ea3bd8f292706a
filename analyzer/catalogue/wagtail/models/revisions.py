# Facts about wagtail.models.revisions, written by generate.py.

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models


class RevisionQuerySet(models.QuerySet):

    def page_revisions_q(self, *args, **kwargs): ...

    def page_revisions(self, *args, **kwargs): ...

    def not_page_revisions(self, *args, **kwargs): ...

    def for_instance(self, *args, **kwargs): ...


class RevisionsManager(models.Manager.from_queryset(RevisionQuerySet)):

    def previous_revision_id_subquery(self, *args, **kwargs): ...


class PageRevisionsManager(RevisionsManager):

    def get_queryset(self, *args, **kwargs): ...


class Revision(models.Model):
    content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.CASCADE,
        related_name="+",
    )
    base_content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.CASCADE,
        related_name="+",
    )
    object_id = models.CharField()
    created_at = models.DateTimeField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="wagtail_revisions",
    )
    object_str = models.TextField()
    content = models.JSONField()
    approved_go_live_at = models.DateTimeField(null=True)
    content_object = GenericForeignKey("content_type", "object_id")
    objects = RevisionsManager()
    page_revisions = PageRevisionsManager()


class RevisionMixin(models.Model):
    latest_revision = models.ForeignKey(
        "wagtailcore.Revision",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )

    class Meta:
        abstract = True

# Facts about wagtail.models.reference_index, written by generate.py.

from django.db import models


class ReferenceGroups:

    def count(self, *args, **kwargs): ...


class ReferenceIndexQuerySet(models.QuerySet):

    def group_by_source_object(self, *args, **kwargs): ...

    def group_by_source_object_in_bulk(self, *args, **kwargs): ...


class ReferenceIndex(models.Model):
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
    to_content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.CASCADE,
        related_name="+",
    )
    to_object_id = models.CharField()
    model_path = models.TextField()
    content_path = models.TextField()
    content_path_hash = models.UUIDField()
    objects = models.Manager.from_queryset(ReferenceIndexQuerySet)()

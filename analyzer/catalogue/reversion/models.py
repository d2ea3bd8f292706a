# Facts about reversion.models, written by generate.py.

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models


class Revision(models.Model):
    date_created = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    comment = models.TextField()
    objects = models.Manager()

    class Meta:
        app_label = "reversion"


class VersionQuerySet(models.QuerySet):

    def get_for_model(self, *args, **kwargs): ...

    def get_for_object_reference(self, *args, **kwargs): ...

    def get_for_object(self, *args, **kwargs): ...

    def get_deleted(self, *args, **kwargs): ...

    def get_unique(self, *args, **kwargs): ...


class Version(models.Model):
    revision = models.ForeignKey("reversion.Revision", on_delete=models.CASCADE)
    object_id = models.CharField()
    content_type = models.ForeignKey("contenttypes.ContentType", on_delete=models.CASCADE)
    object = GenericForeignKey("content_type", "object_id")
    db = models.CharField()
    format = models.CharField()
    serialized_data = models.TextField()
    object_repr = models.TextField()
    objects = models.Manager.from_queryset(VersionQuerySet)()

    class Meta:
        app_label = "reversion"

# Facts about filer.models.filemodels, written by generate.py.

from django.conf import settings
from django.db import models
from easy_thumbnails.fields import ThumbnailerField
from polymorphic.managers import PolymorphicManager
from polymorphic.models import PolymorphicModel
from polymorphic.query import PolymorphicQuerySet


class FileQuerySet(PolymorphicQuerySet):

    def only(self, *args, **kwargs): ...


class FileManager(PolymorphicManager):

    def find_all_duplicates(self, *args, **kwargs): ...

    def find_duplicates(self, *args, **kwargs): ...


def is_public_default(*args, **kwargs): ...


def mimetype_validator(*args, **kwargs): ...


class File(PolymorphicModel):
    folder = models.ForeignKey(
        "filer.Folder",
        on_delete=models.SET(None),
        null=True,
        related_name="all_files",
    )
    file = ThumbnailerField(null=True)
    sha1 = models.CharField()
    has_all_mandatory_data = models.BooleanField()
    original_filename = models.CharField(null=True)
    name = models.CharField()
    description = models.TextField(null=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET(None),
        null=True,
        related_name="owned_%(class)ss",
    )
    uploaded_at = models.DateTimeField()
    modified_at = models.DateTimeField()
    is_public = models.BooleanField()
    mime_type = models.CharField()
    objects = FileManager()

    class Meta:
        app_label = "filer"

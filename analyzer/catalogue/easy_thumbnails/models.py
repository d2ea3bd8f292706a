# Facts about easy_thumbnails.models, written by generate.py.

from django.db import models


class FileManager(models.Manager):

    def get_file(self, *args, **kwargs): ...


class ThumbnailManager(FileManager):
    pass


class File(models.Model):
    storage_hash = models.CharField()
    name = models.CharField()
    modified = models.DateTimeField()
    objects = FileManager()

    class Meta:
        abstract = True


class Source(File):
    pass


class Thumbnail(File):
    source = models.ForeignKey(
        "easy_thumbnails.Source",
        on_delete=models.CASCADE,
        related_name="thumbnails",
    )
    objects = ThumbnailManager()


class ThumbnailDimensions(models.Model):
    thumbnail = models.OneToOneField(
        "easy_thumbnails.Thumbnail",
        on_delete=models.CASCADE,
        related_name="dimensions",
    )
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    objects = models.Manager()

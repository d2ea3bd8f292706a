# Facts about filer.models.thumbnailoptionmodels, written by generate.py.

from django.db import models


class ThumbnailOption(models.Model):
    name = models.CharField()
    width = models.IntegerField()
    height = models.IntegerField()
    crop = models.BooleanField()
    upscale = models.BooleanField()
    objects = models.Manager()

    class Meta:
        app_label = "filer"

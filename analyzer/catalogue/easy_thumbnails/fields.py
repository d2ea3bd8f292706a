# Facts about easy_thumbnails.fields, written by generate.py.

from django.db import models


class ThumbnailerField(models.FileField):
    pass


class ThumbnailerImageField(ThumbnailerField, models.ImageField):
    pass

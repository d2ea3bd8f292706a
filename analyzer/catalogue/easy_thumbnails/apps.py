# Facts about easy_thumbnails.apps, written by generate.py.

from django.apps.config import AppConfig


class EasyThumbnailsConfig(AppConfig):
    name = "easy_thumbnails"
    default_auto_field = "django.db.models.AutoField"

# Facts about wagtail.images.apps, written by generate.py.

from django.apps.config import AppConfig


class WagtailImagesAppConfig(AppConfig):
    name = "wagtail.images"
    label = "wagtailimages"
    default_auto_field = "django.db.models.AutoField"

# Facts about taggit.apps, written by generate.py.

from django.apps.config import AppConfig


class TaggitAppConfig(AppConfig):
    name = "taggit"
    default_auto_field = "django.db.models.AutoField"

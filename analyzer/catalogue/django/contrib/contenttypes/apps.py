# Facts about django.contrib.contenttypes.apps, written by generate.py.

from django.apps.config import AppConfig


class ContentTypesConfig(AppConfig):
    name = "django.contrib.contenttypes"
    default_auto_field = "django.db.models.AutoField"

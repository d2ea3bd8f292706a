# Facts about django.contrib.flatpages.apps, written by generate.py.

from django.apps.config import AppConfig


class FlatPagesConfig(AppConfig):
    name = "django.contrib.flatpages"
    default_auto_field = "django.db.models.AutoField"

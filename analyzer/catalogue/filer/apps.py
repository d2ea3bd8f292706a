# Facts about filer.apps, written by generate.py.

from django.apps.config import AppConfig


class FilerConfig(AppConfig):
    name = "filer"
    default_auto_field = "django.db.models.AutoField"

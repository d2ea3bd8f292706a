# Facts about reversion.apps, written by generate.py.

from django.apps.config import AppConfig


class ReversionConfig(AppConfig):
    name = "reversion"
    default_auto_field = "django.db.models.AutoField"

# Facts about silk.apps, written by generate.py.

from django.apps.config import AppConfig


class SilkAppConfig(AppConfig):
    name = "silk"
    default_auto_field = "django.db.models.AutoField"

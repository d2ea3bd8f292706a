# Facts about constance.apps, written by generate.py.

from django.apps.config import AppConfig


class ConstanceConfig(AppConfig):
    name = "constance"
    default_auto_field = "django.db.models.AutoField"

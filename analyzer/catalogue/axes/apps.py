# Facts about axes.apps, written by generate.py.

from django.apps.config import AppConfig as config_AppConfig


class AppConfig(config_AppConfig):
    name = "axes"
    default_auto_field = "django.db.models.AutoField"

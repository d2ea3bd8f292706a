# Facts about waffle.apps, written by generate.py.

from django.apps.config import AppConfig


class WaffleConfig(AppConfig):
    name = "waffle"
    default_auto_field = "django.db.models.AutoField"

# Facts about actstream.apps, written by generate.py.

from django.apps.config import AppConfig


class ActstreamConfig(AppConfig):
    name = "actstream"
    default_auto_field = "django.db.models.AutoField"

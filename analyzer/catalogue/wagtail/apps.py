# Facts about wagtail.apps, written by generate.py.

from django.apps.config import AppConfig


class WagtailAppConfig(AppConfig):
    name = "wagtail"
    label = "wagtailcore"
    default_auto_field = "django.db.models.AutoField"

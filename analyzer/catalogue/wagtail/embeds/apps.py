# Facts about wagtail.embeds.apps, written by generate.py.

from django.apps.config import AppConfig


class WagtailEmbedsAppConfig(AppConfig):
    name = "wagtail.embeds"
    label = "wagtailembeds"
    default_auto_field = "django.db.models.AutoField"

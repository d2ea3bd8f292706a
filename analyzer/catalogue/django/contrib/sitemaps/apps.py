# Facts about django.contrib.sitemaps.apps, written by generate.py.

from django.apps.config import AppConfig


class SiteMapsConfig(AppConfig):
    name = "django.contrib.sitemaps"
    default_auto_field = "django.db.models.AutoField"

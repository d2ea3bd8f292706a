# Facts about django.contrib.sites.apps, written by generate.py.

from django.apps.config import AppConfig


class SitesConfig(AppConfig):
    name = "django.contrib.sites"
    default_auto_field = "django.db.models.AutoField"

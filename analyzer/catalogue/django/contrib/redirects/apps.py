# Facts about django.contrib.redirects.apps, written by generate.py.

from django.apps.config import AppConfig


class RedirectsConfig(AppConfig):
    name = "django.contrib.redirects"
    default_auto_field = "django.db.models.AutoField"

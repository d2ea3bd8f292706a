# Facts about django.contrib.auth.apps, written by generate.py.

from django.apps.config import AppConfig


class AuthConfig(AppConfig):
    name = "django.contrib.auth"
    default_auto_field = "django.db.models.AutoField"

# Facts about impersonate.apps, written by generate.py.

from django.apps.config import AppConfig


class AccountsConfig(AppConfig):
    name = "impersonate"
    default_auto_field = "django.db.models.AutoField"

# Facts about allauth.account.apps, written by generate.py.

from django.apps.config import AppConfig


class AccountConfig(AppConfig):
    name = "allauth.account"
    default_auto_field = "django.db.models.AutoField"

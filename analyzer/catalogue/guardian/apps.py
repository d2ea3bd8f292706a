# Facts about guardian.apps, written by generate.py.

from django.apps.config import AppConfig


class GuardianConfig(AppConfig):
    name = "guardian"
    default_auto_field = "django.db.models.AutoField"

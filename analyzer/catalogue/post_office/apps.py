# Facts about post_office.apps, written by generate.py.

from django.apps.config import AppConfig


class PostOfficeConfig(AppConfig):
    name = "post_office"
    default_auto_field = "django.db.models.AutoField"

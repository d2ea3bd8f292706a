# Facts about wagtail.users.apps, written by generate.py.

from django.apps.config import AppConfig


class WagtailUsersAppConfig(AppConfig):
    name = "wagtail.users"
    label = "wagtailusers"
    default_auto_field = "django.db.models.AutoField"

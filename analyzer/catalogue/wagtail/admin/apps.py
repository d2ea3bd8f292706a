# Facts about wagtail.admin.apps, written by generate.py.

from django.apps.config import AppConfig


class WagtailAdminAppConfig(AppConfig):
    name = "wagtail.admin"
    label = "wagtailadmin"
    default_auto_field = "django.db.models.AutoField"

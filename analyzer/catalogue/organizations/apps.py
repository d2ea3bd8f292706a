# Facts about organizations.apps, written by generate.py.

from django.apps.config import AppConfig


class OrganizationsConfig(AppConfig):
    name = "organizations"
    default_auto_field = "django.db.models.AutoField"

# Facts about wagtail.documents.apps, written by generate.py.

from django.apps.config import AppConfig


class WagtailDocsAppConfig(AppConfig):
    name = "wagtail.documents"
    label = "wagtaildocs"
    default_auto_field = "django.db.models.AutoField"

# Facts about wagtail.contrib.forms.apps, written by generate.py.

from django.apps.config import AppConfig


class WagtailFormsAppConfig(AppConfig):
    name = "wagtail.contrib.forms"
    label = "wagtailforms"
    default_auto_field = "django.db.models.AutoField"

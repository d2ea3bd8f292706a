# Facts about wagtail.contrib.redirects.apps, written by generate.py.

from django.apps.config import AppConfig


class WagtailRedirectsAppConfig(AppConfig):
    name = "wagtail.contrib.redirects"
    label = "wagtailredirects"
    default_auto_field = "django.db.models.AutoField"

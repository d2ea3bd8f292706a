# Facts about wagtail.contrib.sitemaps.apps, written by generate.py.

from django.apps.config import AppConfig


class WagtailSitemapsAppConfig(AppConfig):
    name = "wagtail.contrib.sitemaps"
    label = "wagtailsitemaps"

# Facts about wagtail.sites.apps, written by generate.py.

from django.apps.config import AppConfig


class WagtailSitesAppConfig(AppConfig):
    name = "wagtail.sites"
    label = "wagtailsites"

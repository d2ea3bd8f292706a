# Facts about wagtail.locales.apps, written by generate.py.

from django.apps.config import AppConfig


class WagtailLocalesAppConfig(AppConfig):
    name = "wagtail.locales"
    label = "wagtaillocales"

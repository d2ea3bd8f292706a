# Facts about wagtail.contrib.settings.apps, written by generate.py.

from django.apps.config import AppConfig


class WagtailSettingsAppConfig(AppConfig):
    name = "wagtail.contrib.settings"
    label = "wagtailsettings"

# Facts about wagtail.api.v2.apps, written by generate.py.

from django.apps.config import AppConfig


class WagtailAPIV2AppConfig(AppConfig):
    name = "wagtail.api.v2"
    label = "wagtailapi_v2"

# Facts about wagtail.contrib.routable_page.apps, written by generate.py.

from django.apps.config import AppConfig


class WagtailRoutablePageAppConfig(AppConfig):
    name = "wagtail.contrib.routable_page"
    label = "wagtailroutablepage"

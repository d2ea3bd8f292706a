# Facts about djblets.webapi.apps, written by generate.py.

from django.apps.config import AppConfig


class WebAPIAppConfig(AppConfig):
    name = "djblets.webapi"
    label = "djblets_webapi"

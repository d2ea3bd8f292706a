# Facts about corsheaders.apps, written by generate.py.

from django.apps.config import AppConfig


class CorsHeadersAppConfig(AppConfig):
    name = "corsheaders"

# Facts about rest_framework_api_key.apps, written by generate.py.

from django.apps.config import AppConfig


class RestFrameworkApiKeyConfig(AppConfig):
    name = "rest_framework_api_key"

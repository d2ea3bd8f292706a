# Facts about rest_framework.apps, written by generate.py.

from django.apps.config import AppConfig


class RestFrameworkConfig(AppConfig):
    name = "rest_framework"

# Facts about rest_framework_gis.apps, written by generate.py.

from django.apps.config import AppConfig as config_AppConfig


class AppConfig(config_AppConfig):
    name = "rest_framework_gis"

# Facts about config_models.apps, written by generate.py.

from django.apps.config import AppConfig


class ConfigModelsConfig(AppConfig):
    name = "config_models"

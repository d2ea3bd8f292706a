# Facts about modelsearch.apps, written by generate.py.

from django.apps.config import AppConfig


class ModelSearchAppConfig(AppConfig):
    name = "modelsearch"
    label = "modelsearch"
    default_auto_field = "django.db.models.AutoField"

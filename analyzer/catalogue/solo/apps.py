# Facts about solo.apps, written by generate.py.

from django.apps.config import AppConfig


class SoloAppConfig(AppConfig):
    name = "solo"

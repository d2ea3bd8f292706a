# Facts about drf_spectacular.apps, written by generate.py.

from django.apps.config import AppConfig


class SpectacularConfig(AppConfig):
    name = "drf_spectacular"

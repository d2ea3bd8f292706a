# Facts about oauth2_provider.apps, written by generate.py.

from django.apps.config import AppConfig


class DOTConfig(AppConfig):
    name = "oauth2_provider"

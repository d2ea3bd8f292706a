# Facts about haystack.apps, written by generate.py.

from django.apps.config import AppConfig


class HaystackConfig(AppConfig):
    name = "haystack"

# Facts about django.contrib.syndication.apps, written by generate.py.

from django.apps.config import AppConfig


class SyndicationConfig(AppConfig):
    name = "django.contrib.syndication"

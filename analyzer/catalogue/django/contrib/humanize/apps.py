# Facts about django.contrib.humanize.apps, written by generate.py.

from django.apps.config import AppConfig


class HumanizeConfig(AppConfig):
    name = "django.contrib.humanize"

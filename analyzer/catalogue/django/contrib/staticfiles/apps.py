# Facts about django.contrib.staticfiles.apps, written by generate.py.

from django.apps.config import AppConfig


class StaticFilesConfig(AppConfig):
    name = "django.contrib.staticfiles"

# Facts about django.contrib.admindocs.apps, written by generate.py.

from django.apps.config import AppConfig


class AdminDocsConfig(AppConfig):
    name = "django.contrib.admindocs"

# Facts about django_select2.apps, written by generate.py.

from django.apps.config import AppConfig


class Select2AppConfig(AppConfig):
    name = "django_select2"

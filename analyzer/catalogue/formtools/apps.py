# Facts about formtools.apps, written by generate.py.

from django.apps.config import AppConfig


class FormToolsConfig(AppConfig):
    name = "formtools"

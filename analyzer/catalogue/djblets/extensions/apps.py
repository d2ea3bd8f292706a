# Facts about djblets.extensions.apps, written by generate.py.

from django.apps.config import AppConfig


class ExtensionsAppConfig(AppConfig):
    name = "djblets.extensions"
    label = "djblets_extensions"

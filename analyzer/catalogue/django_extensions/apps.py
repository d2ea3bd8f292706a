# Facts about django_extensions.apps, written by generate.py.

from django.apps.config import AppConfig


class DjangoExtensionsConfig(AppConfig):
    name = "django_extensions"

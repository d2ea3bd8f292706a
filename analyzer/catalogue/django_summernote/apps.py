# Facts about django_summernote.apps, written by generate.py.

from django.apps.config import AppConfig


class DjangoSummernoteConfig(AppConfig):
    name = "django_summernote"

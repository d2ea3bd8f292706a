# Facts about sorl.thumbnail.apps, written by generate.py.

from django.apps.config import AppConfig


class ThumbnailConfig(AppConfig):
    name = "sorl.thumbnail"

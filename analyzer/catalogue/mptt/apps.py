# Facts about mptt.apps, written by generate.py.

from django.apps.config import AppConfig


class MpttConfig(AppConfig):
    name = "mptt"

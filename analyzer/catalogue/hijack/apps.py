# Facts about hijack.apps, written by generate.py.

from django.apps.config import AppConfig


class HijackConfig(AppConfig):
    name = "hijack"

# Facts about djblets.log.apps, written by generate.py.

from django.apps.config import AppConfig


class LogAppConfig(AppConfig):
    name = "djblets.log"
    label = "djblets_log"

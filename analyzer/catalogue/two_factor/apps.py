# Facts about two_factor.apps, written by generate.py.

from django.apps.config import AppConfig


class TwoFactorConfig(AppConfig):
    name = "two_factor"

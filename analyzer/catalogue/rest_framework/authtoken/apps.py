# Facts about rest_framework.authtoken.apps, written by generate.py.

from django.apps.config import AppConfig


class AuthTokenConfig(AppConfig):
    name = "rest_framework.authtoken"

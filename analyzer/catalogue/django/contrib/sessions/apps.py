# Facts about django.contrib.sessions.apps, written by generate.py.

from django.apps.config import AppConfig


class SessionsConfig(AppConfig):
    name = "django.contrib.sessions"

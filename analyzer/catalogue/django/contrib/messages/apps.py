# Facts about django.contrib.messages.apps, written by generate.py.

from django.apps.config import AppConfig


def update_level_tags(*args, **kwargs): ...


class MessagesConfig(AppConfig):
    name = "django.contrib.messages"

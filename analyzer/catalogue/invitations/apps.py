# Facts about invitations.apps, written by generate.py.

from django.apps.config import AppConfig


class Config(AppConfig):
    name = "invitations"
    label = "invitations"
    default_auto_field = "django.db.models.BigAutoField"

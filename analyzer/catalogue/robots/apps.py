# Facts about robots.apps, written by generate.py.

from django.apps.config import AppConfig


class RobotsConfig(AppConfig):
    name = "robots"
    default_auto_field = "django.db.models.BigAutoField"

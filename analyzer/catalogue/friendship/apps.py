# Facts about friendship.apps, written by generate.py.

from django.apps.config import AppConfig


class FriendshipConfig(AppConfig):
    name = "friendship"
    default_auto_field = "django.db.models.BigAutoField"

# Facts about push_notifications.apps, written by generate.py.

from django.apps.config import AppConfig


class PushNotificationsConfig(AppConfig):
    name = "push_notifications"
    default_auto_field = "django.db.models.AutoField"

# Facts about webpush.apps, written by generate.py.

from django.apps.config import AppConfig


class WebPushConfig(AppConfig):
    name = "webpush"
    default_auto_field = "django.db.models.AutoField"

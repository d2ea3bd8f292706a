# Facts about django_otp.plugins.otp_static.apps, written by generate.py.

from django.apps.config import AppConfig


class DefaultConfig(AppConfig):
    name = "django_otp.plugins.otp_static"
    default_auto_field = "django.db.models.AutoField"

# Facts about django_otp_webauthn.apps, written by generate.py.

from django.apps.config import AppConfig


class OtpWebauthnConfig(AppConfig):
    name = "django_otp_webauthn"
    default_auto_field = "django.db.models.BigAutoField"

# Facts about mailer.apps, written by generate.py.

from django.apps.config import AppConfig


class MailerConfig(AppConfig):
    name = "mailer"
    default_auto_field = "django.db.models.BigAutoField"

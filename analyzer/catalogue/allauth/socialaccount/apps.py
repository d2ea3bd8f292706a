# Facts about allauth.socialaccount.apps, written by generate.py.

from django.apps.config import AppConfig


class SocialAccountConfig(AppConfig):
    name = "allauth.socialaccount"
    default_auto_field = "django.db.models.AutoField"

# Facts about social_django.apps, written by generate.py.

from django.apps.config import AppConfig


class PythonSocialAuthConfig(AppConfig):
    name = "social_django"
    label = "social_django"
    default_auto_field = "django.db.models.BigAutoField"

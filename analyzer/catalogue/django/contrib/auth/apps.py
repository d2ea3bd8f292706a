# Facts about django.contrib.auth.apps, written by generate.py.

from django.contrib.auth import get_user_model


class AuthConfig:
    name = "django.contrib.auth"
    default_auto_field = "django.db.models.AutoField"

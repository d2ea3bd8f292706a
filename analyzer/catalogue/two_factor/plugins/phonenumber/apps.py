# Facts about two_factor.plugins.phonenumber.apps, written by generate.py.

from django.apps.config import AppConfig


class TwoFactorPhoneNumberConfig(AppConfig):
    name = "two_factor.plugins.phonenumber"
    default_auto_field = "django.db.models.AutoField"


def update_registered_methods(*args, **kwargs): ...

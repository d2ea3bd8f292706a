# Facts about django_otp.plugins.otp_totp.apps, written by generate.py.


class DefaultConfig:
    name = "django_otp.plugins.otp_totp"
    default_auto_field = "django.db.models.AutoField"

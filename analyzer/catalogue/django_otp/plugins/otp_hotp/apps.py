# Facts about django_otp.plugins.otp_hotp.apps, written by generate.py.


class DefaultConfig:
    name = "django_otp.plugins.otp_hotp"
    default_auto_field = "django.db.models.AutoField"

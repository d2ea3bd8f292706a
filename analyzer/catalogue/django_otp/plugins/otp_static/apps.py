# Facts about django_otp.plugins.otp_static.apps, written by generate.py.


class DefaultConfig:
    name = "django_otp.plugins.otp_static"
    default_auto_field = "django.db.models.AutoField"

# Facts about django_otp.plugins.otp_email.apps, written by generate.py.


class DefaultConfig:
    name = "django_otp.plugins.otp_email"
    default_auto_field = "django.db.models.AutoField"

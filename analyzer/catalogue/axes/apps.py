# Facts about axes.apps, written by generate.py.


class AppConfig:
    name = "axes"
    default_auto_field = "django.db.models.AutoField"

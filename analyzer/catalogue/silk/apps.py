# Facts about silk.apps, written by generate.py.


class SilkAppConfig:
    name = "silk"
    default_auto_field = "django.db.models.AutoField"

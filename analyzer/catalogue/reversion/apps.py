# Facts about reversion.apps, written by generate.py.


class ReversionConfig:
    name = "reversion"
    default_auto_field = "django.db.models.AutoField"

# Facts about django.contrib.flatpages.apps, written by generate.py.


class FlatPagesConfig:
    name = "django.contrib.flatpages"
    default_auto_field = "django.db.models.AutoField"

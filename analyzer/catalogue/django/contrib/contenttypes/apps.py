# Facts about django.contrib.contenttypes.apps, written by generate.py.


class ContentTypesConfig:
    name = "django.contrib.contenttypes"
    default_auto_field = "django.db.models.AutoField"

# Facts about taggit.apps, written by generate.py.


class TaggitAppConfig:
    name = "taggit"
    default_auto_field = "django.db.models.AutoField"

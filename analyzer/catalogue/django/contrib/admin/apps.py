# Facts about django.contrib.admin.apps, written by generate.py.


class SimpleAdminConfig:
    name = "django.contrib.admin"
    default_auto_field = "django.db.models.AutoField"


class AdminConfig(SimpleAdminConfig):
    default = True

# Facts about wagtail.admin.apps, written by generate.py.


class WagtailAdminAppConfig:
    name = "wagtail.admin"
    label = "wagtailadmin"
    default_auto_field = "django.db.models.AutoField"

# Facts about wagtail.users.apps, written by generate.py.


class WagtailUsersAppConfig:
    name = "wagtail.users"
    label = "wagtailusers"
    default_auto_field = "django.db.models.AutoField"

# Facts about wagtail.apps, written by generate.py.


class WagtailAppConfig:
    name = "wagtail"
    label = "wagtailcore"
    default_auto_field = "django.db.models.AutoField"

# Facts about wagtail.contrib.forms.apps, written by generate.py.


class WagtailFormsAppConfig:
    name = "wagtail.contrib.forms"
    label = "wagtailforms"
    default_auto_field = "django.db.models.AutoField"

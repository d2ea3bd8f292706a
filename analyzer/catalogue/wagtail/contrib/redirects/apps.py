# Facts about wagtail.contrib.redirects.apps, written by generate.py.


class WagtailRedirectsAppConfig:
    name = "wagtail.contrib.redirects"
    label = "wagtailredirects"
    default_auto_field = "django.db.models.AutoField"

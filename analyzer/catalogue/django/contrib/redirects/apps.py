# Facts about django.contrib.redirects.apps, written by generate.py.


class RedirectsConfig:
    name = "django.contrib.redirects"
    default_auto_field = "django.db.models.AutoField"

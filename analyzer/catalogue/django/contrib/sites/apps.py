# Facts about django.contrib.sites.apps, written by generate.py.


class SitesConfig:
    name = "django.contrib.sites"
    default_auto_field = "django.db.models.AutoField"

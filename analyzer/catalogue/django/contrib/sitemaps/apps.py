# Facts about django.contrib.sitemaps.apps, written by generate.py.


class SiteMapsConfig:
    name = "django.contrib.sitemaps"
    default_auto_field = "django.db.models.AutoField"

# Written by hand.
# Facts about django.contrib.gis: asking it would need GDAL, which few machines have.

from django.apps.config import AppConfig


class GISConfig(AppConfig):
    name = "django.contrib.gis"
    default_auto_field = "django.db.models.AutoField"

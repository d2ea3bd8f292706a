# Written by hand.
# Facts about django.contrib.gis.admin: it is django.contrib.admin with a few classes more.

from django.contrib.admin import *


class GeoModelAdminMixin:
    pass


class GISModelAdmin(GeoModelAdminMixin, ModelAdmin):
    pass


class GeoModelAdmin(ModelAdmin):
    pass


class OSMGeoAdmin(GeoModelAdmin):
    pass

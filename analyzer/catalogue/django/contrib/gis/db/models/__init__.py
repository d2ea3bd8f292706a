# Written by hand.
# Facts about django.contrib.gis.db.models: it is django.db.models with fields of its own, so
# projects define all their models through it.

from django.contrib.gis.db.models.fields import (
    GeometryCollectionField,
    GeometryField,
    LineStringField,
    MultiLineStringField,
    MultiPointField,
    MultiPolygonField,
    PointField,
    PolygonField,
    RasterField,
)
from django.db.models import *


def __getattr__(name):
    from django.db import models

    return getattr(models, name)

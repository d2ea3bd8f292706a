# Written by hand.
# Facts about django.contrib.gis.db.models.fields.

from django.db import models


class BaseSpatialField(models.Field):
    pass


class GeometryField(BaseSpatialField):
    geom_type = "GEOMETRY"


class PointField(GeometryField):
    geom_type = "POINT"


class LineStringField(GeometryField):
    geom_type = "LINESTRING"


class PolygonField(GeometryField):
    geom_type = "POLYGON"


class MultiPointField(GeometryField):
    geom_type = "MULTIPOINT"


class MultiLineStringField(GeometryField):
    geom_type = "MULTILINESTRING"


class MultiPolygonField(GeometryField):
    geom_type = "MULTIPOLYGON"


class GeometryCollectionField(GeometryField):
    geom_type = "GEOMETRYCOLLECTION"


class ExtentField(models.Field):
    pass


class RasterField(BaseSpatialField):
    geom_type = "RASTER"

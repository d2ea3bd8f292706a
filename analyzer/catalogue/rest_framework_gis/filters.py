# Facts about rest_framework_gis.filters, written by generate.py.

from rest_framework.filters import BaseFilterBackend


class InBBoxFilter(BaseFilterBackend):
    bbox_param = 'in_bbox'

    def get_filter_bbox(self, *args, **kwargs): ...

    def filter_queryset(self, *args, **kwargs): ...

    def get_schema_operation_parameters(self, *args, **kwargs): ...


class GeometryFilter:
    pass


class GeoFilterSet:
    pass


class TMSTileFilter(InBBoxFilter):
    tile_param = 'tile'

    def get_filter_bbox(self, *args, **kwargs): ...

    def get_schema_operation_parameters(self, *args, **kwargs): ...


class DistanceToPointFilter(BaseFilterBackend):
    dist_param = 'dist'
    point_param = 'point'

    def get_filter_point(self, *args, **kwargs): ...

    def dist_to_deg(self, *args, **kwargs): ...

    def filter_queryset(self, *args, **kwargs): ...

    def get_schema_operation_parameters(self, *args, **kwargs): ...


class DistanceToPointOrderingFilter(DistanceToPointFilter):
    srid = 4326
    order_param = 'order'

    def filter_queryset(self, *args, **kwargs): ...

    def get_schema_operation_parameters(self, *args, **kwargs): ...

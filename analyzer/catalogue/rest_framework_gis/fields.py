# Facts about rest_framework_gis.fields, written by generate.py.


class GeometryField:
    type_name = 'GeometryField'

    def to_representation(self, *args, **kwargs): ...

    def to_internal_value(self, *args, **kwargs): ...

    def validate_empty_values(self, *args, **kwargs): ...


class GeometrySerializerMethodField:

    def to_representation(self, *args, **kwargs): ...


class GeoJsonDict:
    pass

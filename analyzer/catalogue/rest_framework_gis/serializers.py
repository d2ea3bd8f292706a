# Facts about rest_framework_gis.serializers, written by generate.py.

from rest_framework.serializers import ListSerializer
from rest_framework.serializers import ModelSerializer


class GeoModelSerializer(ModelSerializer):
    pass


class GeoFeatureModelListSerializer(ListSerializer):

    @property
    def data(self): ...

    def to_representation(self, *args, **kwargs): ...


class GeoFeatureModelSerializer(ModelSerializer):

    @classmethod
    def many_init(*args, **kwargs): ...

    def to_representation(self, *args, **kwargs): ...

    def get_properties(self, *args, **kwargs): ...

    def to_internal_value(self, *args, **kwargs): ...

    def unformat_geojson(self, *args, **kwargs): ...

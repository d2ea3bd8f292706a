# Written by hand.
# Facts about drf_rw_serializers.viewsets: the views of its generics as sets.

from drf_rw_serializers.generics import GenericAPIView
from drf_rw_serializers.mixins import (
    CreateModelMixin,
    ListModelMixin,
    RetrieveModelMixin,
    UpdateModelMixin,
)
from rest_framework import viewsets


class GenericViewSet(GenericAPIView, viewsets.GenericViewSet):
    pass


class ModelViewSet(
    CreateModelMixin,
    RetrieveModelMixin,
    UpdateModelMixin,
    ListModelMixin,
    GenericViewSet,
    viewsets.ModelViewSet,
):
    pass


class ReadOnlyModelViewSet(
    RetrieveModelMixin, ListModelMixin, GenericViewSet, viewsets.ReadOnlyModelViewSet
):
    pass

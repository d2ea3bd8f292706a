# Written by hand.
# What rest_framework.viewsets does as far as tables are concerned.

from rest_framework import generics, mixins, views
from rest_framework.decorators import MethodMapper
from rest_framework.generics import GenericAPIView
from rest_framework.mixins import CreateModelMixin
from rest_framework.mixins import DestroyModelMixin
from rest_framework.mixins import ListModelMixin
from rest_framework.mixins import RetrieveModelMixin
from rest_framework.mixins import UpdateModelMixin
from rest_framework.views import APIView


class ViewSetMixin:

    @classmethod
    def as_view(*args, **kwargs): ...

    def initialize_request(self, request, *args, **kwargs):
        return super().initialize_request(request, *args, **kwargs)

    def reverse_action(self, *args, **kwargs): ...

    @classmethod
    def get_extra_actions(*args, **kwargs): ...

    def get_extra_action_url_map(self, *args, **kwargs): ...


class ViewSet(ViewSetMixin, APIView):
    pass


class GenericViewSet(ViewSetMixin, GenericAPIView):
    pass


class ReadOnlyModelViewSet(RetrieveModelMixin, ListModelMixin, GenericViewSet):
    pass


class ModelViewSet(
    CreateModelMixin,
    RetrieveModelMixin,
    UpdateModelMixin,
    DestroyModelMixin,
    ListModelMixin,
    GenericViewSet,
):
    pass

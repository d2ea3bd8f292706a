# Written by hand.
# Facts about drf_rw_serializers.generics: which serializer is taken for what.

from drf_rw_serializers.mixins import (
    CreateModelMixin,
    ListModelMixin,
    RetrieveModelMixin,
    UpdateModelMixin,
)
from rest_framework import generics


class GenericAPIView(generics.GenericAPIView):
    read_serializer_class = None
    write_serializer_class = None

    def get_serializer_class(self):
        if self.request.method == "GET":
            return self.read_serializer_class or self.serializer_class
        return self.write_serializer_class or self.serializer_class

    def get_read_serializer_class(self, default_to_serializer_class=False):
        return self.read_serializer_class or self.serializer_class

    def get_write_serializer_class(self, default_to_serializer_class=False):
        return self.write_serializer_class or self.serializer_class

    def get_read_serializer(self, *args, **kwargs):
        return self.get_read_serializer_class()(*args, **kwargs)

    def get_write_serializer(self, *args, **kwargs):
        return self.get_write_serializer_class()(*args, **kwargs)


class CreateAPIView(CreateModelMixin, GenericAPIView, generics.CreateAPIView):
    pass


class UpdateAPIView(UpdateModelMixin, GenericAPIView, generics.UpdateAPIView):
    pass


class ListAPIView(ListModelMixin, GenericAPIView, generics.ListAPIView):
    pass


class RetrieveAPIView(RetrieveModelMixin, GenericAPIView, generics.RetrieveAPIView):
    pass


class ListCreateAPIView(
    ListModelMixin, CreateModelMixin, GenericAPIView, generics.ListCreateAPIView
):
    pass


class RetrieveDestroyAPIView(RetrieveModelMixin, GenericAPIView, generics.RetrieveDestroyAPIView):
    pass


class RetrieveUpdateAPIView(
    RetrieveModelMixin, UpdateModelMixin, GenericAPIView, generics.RetrieveUpdateAPIView
):
    pass


class RetrieveUpdateDestroyAPIView(
    RetrieveModelMixin, UpdateModelMixin, GenericAPIView, generics.RetrieveUpdateDestroyAPIView
):
    pass

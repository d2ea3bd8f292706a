# Facts about rest_framework.generics, written by generate.py.

from rest_framework.mixins import CreateModelMixin
from rest_framework.mixins import DestroyModelMixin
from rest_framework.mixins import ListModelMixin
from rest_framework.mixins import RetrieveModelMixin
from rest_framework.mixins import UpdateModelMixin
from rest_framework.views import APIView


def get_object_or_404(*args, **kwargs): ...


class GenericAPIView(APIView):
    queryset = None
    serializer_class = None
    lookup_field = 'pk'
    lookup_url_kwarg = None
    filter_backends = []
    pagination_class = None

    def get_queryset(self, *args, **kwargs): ...

    def get_object(self, *args, **kwargs): ...

    def get_serializer(self, *args, **kwargs): ...

    def get_serializer_class(self, *args, **kwargs): ...

    def get_serializer_context(self, *args, **kwargs): ...

    def filter_queryset(self, *args, **kwargs): ...

    @property
    def paginator(self): ...

    def paginate_queryset(self, *args, **kwargs): ...

    def get_paginated_response(self, *args, **kwargs): ...


class CreateAPIView(CreateModelMixin, GenericAPIView):

    def post(self, *args, **kwargs): ...


class ListAPIView(ListModelMixin, GenericAPIView):

    def get(self, *args, **kwargs): ...


class RetrieveAPIView(RetrieveModelMixin, GenericAPIView):

    def get(self, *args, **kwargs): ...


class DestroyAPIView(DestroyModelMixin, GenericAPIView):

    def delete(self, *args, **kwargs): ...


class UpdateAPIView(UpdateModelMixin, GenericAPIView):

    def put(self, *args, **kwargs): ...

    def patch(self, *args, **kwargs): ...


class ListCreateAPIView(ListModelMixin, CreateModelMixin, GenericAPIView):

    def get(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...


class RetrieveUpdateAPIView(RetrieveModelMixin, UpdateModelMixin, GenericAPIView):

    def get(self, *args, **kwargs): ...

    def put(self, *args, **kwargs): ...

    def patch(self, *args, **kwargs): ...


class RetrieveDestroyAPIView(RetrieveModelMixin, DestroyModelMixin, GenericAPIView):

    def get(self, *args, **kwargs): ...

    def delete(self, *args, **kwargs): ...


class RetrieveUpdateDestroyAPIView(
    RetrieveModelMixin,
    UpdateModelMixin,
    DestroyModelMixin,
    GenericAPIView,
):

    def get(self, *args, **kwargs): ...

    def put(self, *args, **kwargs): ...

    def patch(self, *args, **kwargs): ...

    def delete(self, *args, **kwargs): ...

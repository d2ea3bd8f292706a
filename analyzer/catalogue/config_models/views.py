# Facts about config_models.views, written by generate.py.

from rest_framework.generics import CreateAPIView
from rest_framework.generics import RetrieveAPIView
from rest_framework.permissions import DjangoModelPermissions


class ReadableOnlyByAuthors(DjangoModelPermissions):
    pass


class AtomicMixin:

    @classmethod
    def create_atomic_wrapper(*args, **kwargs): ...

    @classmethod
    def as_view(*args, **kwargs): ...


class ConfigurationModelCurrentAPIView(AtomicMixin, CreateAPIView, RetrieveAPIView):
    model = None

    def get_queryset(self, *args, **kwargs): ...

    def get_object(self, *args, **kwargs): ...

    def get_serializer_class(self, *args, **kwargs): ...

    def perform_create(self, *args, **kwargs): ...

# Facts about rest_framework.mixins, written by generate.py.


class CreateModelMixin:

    def create(self, *args, **kwargs): ...

    def perform_create(self, *args, **kwargs): ...

    def get_success_headers(self, *args, **kwargs): ...


class ListModelMixin:

    def list(self, *args, **kwargs): ...


class RetrieveModelMixin:

    def retrieve(self, *args, **kwargs): ...


class UpdateModelMixin:

    def update(self, *args, **kwargs): ...

    def perform_update(self, *args, **kwargs): ...

    def partial_update(self, *args, **kwargs): ...


class DestroyModelMixin:

    def destroy(self, *args, **kwargs): ...

    def perform_destroy(self, *args, **kwargs): ...

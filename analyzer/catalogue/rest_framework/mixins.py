# Written by hand.
# What rest_framework.mixins does as far as tables are concerned.


class CreateModelMixin:

    def create(self, request, *args, **kwargs):
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        self.perform_create(serializer)
        return serializer.data

    def perform_create(self, serializer):
        serializer.save()

    def get_success_headers(self, *args, **kwargs): ...


class ListModelMixin:

    def list(self, request, *args, **kwargs):
        queryset = self.filter_queryset(self.get_queryset())
        page = self.paginate_queryset(queryset)
        if page is not None:
            return self.get_paginated_response(self.get_serializer(page, many=True).data)
        return self.get_serializer(queryset, many=True).data


class RetrieveModelMixin:

    def retrieve(self, request, *args, **kwargs):
        return self.get_serializer(self.get_object()).data


class UpdateModelMixin:

    def update(self, request, *args, **kwargs):
        instance = self.get_object()
        serializer = self.get_serializer(instance, data=request.data)
        serializer.is_valid(raise_exception=True)
        self.perform_update(serializer)
        return serializer.data

    def perform_update(self, serializer):
        serializer.save()

    def partial_update(self, request, *args, **kwargs):
        return self.update(request, *args, **kwargs)


class DestroyModelMixin:

    def destroy(self, request, *args, **kwargs):
        self.perform_destroy(self.get_object())

    def perform_destroy(self, instance):
        instance.delete()

# Written by hand.
# What drf_rw_serializers.mixins does as far as tables are concerned: what one serializer wrote is
# answered by the other.

from rest_framework import mixins


class CreateModelMixin(mixins.CreateModelMixin):
    def create(self, request, *args, **kwargs):
        serializer = self.get_write_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        self.perform_create(serializer)
        return self.get_read_serializer(serializer.instance).data


class ListModelMixin(mixins.ListModelMixin):
    def list(self, request, *args, **kwargs):
        queryset = self.filter_queryset(self.get_queryset())
        page = self.paginate_queryset(queryset)
        if page is not None:
            return self.get_paginated_response(self.get_read_serializer(page, many=True).data)
        return self.get_read_serializer(queryset, many=True).data


class RetrieveModelMixin(mixins.RetrieveModelMixin):
    def retrieve(self, request, *args, **kwargs):
        return self.get_read_serializer(self.get_object()).data


class UpdateModelMixin(mixins.UpdateModelMixin):
    def update(self, request, *args, **kwargs):
        serializer = self.get_write_serializer(self.get_object(), data=request.data)
        serializer.is_valid(raise_exception=True)
        self.perform_update(serializer)
        return self.get_read_serializer(serializer.instance).data

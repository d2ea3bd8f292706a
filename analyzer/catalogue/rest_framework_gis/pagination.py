# Facts about rest_framework_gis.pagination, written by generate.py.

from rest_framework.pagination import PageNumberPagination


class GeoJsonPagination(PageNumberPagination):
    page_size_query_param = 'page_size'

    def get_paginated_response(self, *args, **kwargs): ...

    def get_paginated_response_schema(self, *args, **kwargs): ...

# Written by hand.
# What rest_framework.filters does as far as tables are concerned.


LOOKUP_SEP = '__'


def search_smart_split(*args, **kwargs): ...


class BaseFilterBackend:

    def filter_queryset(self, request, queryset, view):
        return queryset

    def get_schema_operation_parameters(self, *args, **kwargs): ...


class SearchFilter(BaseFilterBackend):
    search_param = 'search'
    template = 'rest_framework/filters/search.html'
    default_lookup = 'icontains'

    def get_search_fields(self, *args, **kwargs): ...

    def get_search_terms(self, *args, **kwargs): ...

    def construct_search(self, *args, **kwargs): ...

    def must_call_distinct(self, *args, **kwargs): ...

    def filter_queryset(self, request, queryset, view):
        return queryset

    def to_html(self, *args, **kwargs): ...

    def get_schema_operation_parameters(self, *args, **kwargs): ...


class UnaccentedSearchFilter(SearchFilter):
    default_lookup = 'unaccent__icontains'


class OrderingFilter(BaseFilterBackend):
    ordering_param = 'ordering'
    ordering_fields = None
    template = 'rest_framework/filters/ordering.html'

    def get_ordering(self, *args, **kwargs): ...

    def get_default_ordering(self, *args, **kwargs): ...

    def get_default_valid_fields(self, *args, **kwargs): ...

    def get_valid_fields(self, *args, **kwargs): ...

    def remove_invalid_fields(self, *args, **kwargs): ...

    def filter_queryset(self, request, queryset, view):
        return queryset

    def get_template_context(self, *args, **kwargs): ...

    def to_html(self, *args, **kwargs): ...

    def get_schema_operation_parameters(self, *args, **kwargs): ...

# Written by hand.
# What django_filters.rest_framework does as far as tables are concerned: the rows stay those of the
# queryset; what is not told here stays symbolic.


class DjangoFilterBackend:
    def filter_queryset(self, request, queryset, view):
        return queryset

    def get_schema_operation_parameters(self, view): ...

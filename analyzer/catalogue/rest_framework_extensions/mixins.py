# Written by hand.
# Facts about rest_framework_extensions.mixins: rows are narrowed by what the route names.


class NestedViewSetMixin:
    def get_queryset(self):
        return self.filter_queryset_by_parents_lookups(super().get_queryset())

    def filter_queryset_by_parents_lookups(self, queryset):
        return queryset.filter()

    def get_parents_query_dict(self): ...

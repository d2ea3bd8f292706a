# Facts about rest_framework_nested.viewsets, written by generate.py.


class NestedViewSetMixin:

    def get_queryset(self, *args, **kwargs): ...

    def initial(self, *args, **kwargs): ...

# Facts about django_filters.views, written by generate.py.

from django.views.generic.base import View
from django.views.generic.list import MultipleObjectMixin
from django.views.generic.list import MultipleObjectTemplateResponseMixin


ALL_FIELDS = '__all__'


class FilterMixin:
    filterset_class = None
    filterset_fields = '__all__'
    strict = True

    def get_filterset_class(self, *args, **kwargs): ...

    def get_filterset(self, *args, **kwargs): ...

    def get_filterset_kwargs(self, *args, **kwargs): ...

    def get_strict(self, *args, **kwargs): ...


class BaseFilterView(FilterMixin, MultipleObjectMixin, View):

    def get(self, *args, **kwargs): ...


class FilterView(MultipleObjectTemplateResponseMixin, BaseFilterView):
    template_name_suffix = '_filter'


def object_filter(*args, **kwargs): ...

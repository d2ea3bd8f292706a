# Written by hand.
# Facts about modelsearch.index: which models are indexed.

from django.db import models


class Indexed:
    search_fields = []

    @classmethod
    def indexed_get_parent(*args, **kwargs): ...

    @classmethod
    def indexed_get_content_type(*args, **kwargs): ...

    @classmethod
    def indexed_get_toplevel_content_type(*args, **kwargs): ...

    @classmethod
    def get_search_fields(*args, **kwargs): ...

    @classmethod
    def get_searchable_search_fields(*args, **kwargs): ...

    @classmethod
    def get_autocomplete_search_fields(*args, **kwargs): ...

    @classmethod
    def get_filterable_search_fields(*args, **kwargs): ...

    @classmethod
    def get_indexed_objects(*args, **kwargs): ...

    def get_indexed_instance(self, *args, **kwargs): ...

    @classmethod
    def check(*args, **kwargs): ...


def get_indexed_models(*args, **kwargs): ...


def class_is_indexed(cls):
    indexed = issubclass(cls, Indexed) and issubclass(cls, models.Model)
    return indexed and not cls._meta.abstract and cls.search_fields


def get_indexed_instance(*args, **kwargs): ...


def insert_or_update_object(*args, **kwargs): ...


def remove_object(*args, **kwargs): ...


class BaseField:

    def get_field(self, *args, **kwargs): ...

    def get_attname(self, *args, **kwargs): ...

    def get_definition_model(self, *args, **kwargs): ...

    def get_type(self, *args, **kwargs): ...

    def get_value(self, *args, **kwargs): ...


class SearchField(BaseField):
    pass


class AutocompleteField(BaseField):
    pass


class FilterField(BaseField):
    pass


class RelatedFields:

    def get_field(self, *args, **kwargs): ...

    def get_definition_model(self, *args, **kwargs): ...

    def get_value(self, *args, **kwargs): ...

    def select_on_queryset(self, *args, **kwargs): ...

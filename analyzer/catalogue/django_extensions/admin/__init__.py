# Facts about django_extensions.admin, written by generate.py.

from django.contrib.admin.options import ModelAdmin
from django.contrib.admin.options import StackedInline
from django.contrib.admin.options import TabularInline


class ForeignKeyAutocompleteAdminMixin:
    related_search_fields = {}
    related_string_functions = {}
    autocomplete_limit = None

    def get_urls(self, *args, **kwargs): ...

    def foreignkey_autocomplete(self, *args, **kwargs): ...

    def get_related_filter(self, *args, **kwargs): ...

    def get_help_text(self, *args, **kwargs): ...

    def formfield_for_dbfield(self, *args, **kwargs): ...


class ForeignKeyAutocompleteAdmin(ForeignKeyAutocompleteAdminMixin, ModelAdmin):

    @property
    def media(self): ...


class ForeignKeyAutocompleteTabularInline(ForeignKeyAutocompleteAdminMixin, TabularInline):

    @property
    def media(self): ...


class ForeignKeyAutocompleteStackedInline(ForeignKeyAutocompleteAdminMixin, StackedInline):

    @property
    def media(self): ...

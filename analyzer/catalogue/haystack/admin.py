# Facts about haystack.admin, written by generate.py.

from django.contrib.admin.options import ModelAdmin


SEARCH_VAR = 'q'
DEFAULT_ALIAS = 'default'


class SearchChangeList:

    def get_results(self, *args, **kwargs): ...


class SearchModelAdminMixin:
    haystack_connection = 'default'

    def changelist_view(self, *args, **kwargs): ...


class SearchModelAdmin(SearchModelAdminMixin, ModelAdmin):

    @property
    def media(self): ...

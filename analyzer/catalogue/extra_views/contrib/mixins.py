# Facts about extra_views.contrib.mixins, written by generate.py.

from django.views.generic.base import ContextMixin


class SearchableListMixin:
    search_fields = ['id']
    search_date_fields = None
    search_split = True
    search_use_q = True
    check_lookups = True

    def get_words(self, *args, **kwargs): ...

    def get_search_fields_with_filters(self, *args, **kwargs): ...

    def try_convert_to_date(self, *args, **kwargs): ...

    def get_search_query(self, *args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...


class SortHelper:

    def is_sorted_by(self, *args, **kwargs): ...

    def get_params_for_field(self, *args, **kwargs): ...

    def get_sort(self, *args, **kwargs): ...


class SortableListMixin(ContextMixin):
    sort_fields = []
    sort_fields_aliases = []
    sort_param_name = 'o'
    sort_type_param_name = 'ot'

    def get_sort_fields(self, *args, **kwargs): ...

    def get_sort_helper(self, *args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...

    def get_context_data(self, *args, **kwargs): ...


class SuccessMessageWithInlinesMixin:
    success_message = ''

    def forms_valid(self, *args, **kwargs): ...

    def get_success_message(self, *args, **kwargs): ...

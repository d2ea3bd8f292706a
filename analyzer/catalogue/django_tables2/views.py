# Facts about django_tables2.views, written by generate.py.

from django.views.generic.list import ListView


class TableMixinBase:
    context_table_name = 'table'
    table_pagination = None

    def get_context_table_name(self, *args, **kwargs): ...

    def get_table_pagination(self, *args, **kwargs): ...

    def get_paginate_by(self, *args, **kwargs): ...


class SingleTableMixin(TableMixinBase):
    table_class = None
    table_data = None

    def get_table_class(self, *args, **kwargs): ...

    def get_table(self, *args, **kwargs): ...

    def get_table_data(self, *args, **kwargs): ...

    def get_table_kwargs(self, *args, **kwargs): ...

    def get_context_data(self, *args, **kwargs): ...


class SingleTableView(SingleTableMixin, ListView):
    pass


class MultiTableMixin(TableMixinBase):
    tables = None
    tables_data = None
    context_table_name = 'tables'

    def get_tables(self, *args, **kwargs): ...

    def get_tables_data(self, *args, **kwargs): ...

    def get_context_data(self, *args, **kwargs): ...

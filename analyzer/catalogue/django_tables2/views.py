# Written by hand.
# What django_tables2.views does as far as tables are concerned: the rows of a table are read when the
# page shows it.

from django.views.generic.list import ListView


class TableMixinBase:
    context_table_name = 'table'
    table_pagination = None

    def get_context_table_name(self, table):
        return self.context_table_name

    def get_table_pagination(self, table):
        self.get_paginate_by(table.data)
        return self.table_pagination

    def get_paginate_by(self, table_data):
        return getattr(self, "paginate_by", None)


class SingleTableMixin(TableMixinBase):
    table_class = None
    table_data = None

    def get_table_class(self):
        return self.table_class

    def get_table(self, **kwargs):
        table = self.get_table_class()(data=self.get_table_data(), **kwargs)
        self.get_table_pagination(table)
        for row in table.data:
            pass
        return table

    def get_table_data(self):
        if self.table_data is not None:
            return self.table_data
        if hasattr(self, "object_list"):
            return self.object_list
        return self.get_queryset()

    def get_table_kwargs(self):
        return {}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        table = self.get_table(**self.get_table_kwargs())
        context[self.get_context_table_name(table)] = table
        return context


class SingleTableView(SingleTableMixin, ListView):
    pass


class MultiTableMixin(TableMixinBase):
    tables = None
    tables_data = None
    context_table_name = 'tables'

    def get_tables(self):
        data = self.get_tables_data()
        if data is None:
            return self.tables
        return [table(data=rows) for table, rows in zip(self.tables, data)]

    def get_tables_data(self):
        return self.tables_data

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        tables = self.get_tables()
        for table in tables:
            for row in table.data:
                pass
        context[self.context_table_name] = tables
        return context

# Facts about django_tables2, written by generate.py.

from django_tables2.views import MultiTableMixin
from django_tables2.views import SingleTableMixin
from django_tables2.views import SingleTableView

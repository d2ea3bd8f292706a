# Written by hand.
# Facts about django_tables2: where its names come from.

from django_tables2.tables import Table
from django_tables2.views import MultiTableMixin
from django_tables2.views import SingleTableMixin
from django_tables2.views import SingleTableView

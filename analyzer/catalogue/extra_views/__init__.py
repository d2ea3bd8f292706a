# Facts about extra_views, written by generate.py.

from extra_views.advanced import CreateWithInlinesView
from extra_views.advanced import FormSetSuccessMessageMixin
from extra_views.advanced import InlineFormSetFactory
from extra_views.advanced import NamedFormsetsMixin
from extra_views.advanced import SuccessMessageMixin
from extra_views.advanced import UpdateWithInlinesView
from extra_views.contrib.mixins import SearchableListMixin
from extra_views.contrib.mixins import SortableListMixin
from extra_views.dates import CalendarMonthView
from extra_views.formsets import FormSetView
from extra_views.formsets import InlineFormSetView
from extra_views.formsets import ModelFormSetView

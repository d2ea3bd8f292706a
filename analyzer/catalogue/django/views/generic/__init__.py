# Facts about django.views.generic, written by generate.py.

from django.views.generic.base import RedirectView
from django.views.generic.base import TemplateView
from django.views.generic.base import View
from django.views.generic.dates import ArchiveIndexView
from django.views.generic.dates import DateDetailView
from django.views.generic.dates import DayArchiveView
from django.views.generic.dates import MonthArchiveView
from django.views.generic.dates import TodayArchiveView
from django.views.generic.dates import WeekArchiveView
from django.views.generic.dates import YearArchiveView
from django.views.generic.detail import DetailView
from django.views.generic.edit import CreateView
from django.views.generic.edit import DeleteView
from django.views.generic.edit import FormView
from django.views.generic.edit import UpdateView
from django.views.generic.list import ListView


class GenericViewError:
    pass

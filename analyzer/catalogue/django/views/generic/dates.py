# Facts about django.views.generic.dates, written by generate.py.

from django.views.generic.base import View
from django.views.generic.detail import BaseDetailView
from django.views.generic.detail import SingleObjectTemplateResponseMixin
from django.views.generic.list import MultipleObjectMixin
from django.views.generic.list import MultipleObjectTemplateResponseMixin


class YearMixin:
    year = None

    def get_year_format(self, *args, **kwargs): ...

    def get_year(self, *args, **kwargs): ...

    def get_next_year(self, *args, **kwargs): ...

    def get_previous_year(self, *args, **kwargs): ...


class MonthMixin:
    month = None

    def get_month_format(self, *args, **kwargs): ...

    def get_month(self, *args, **kwargs): ...

    def get_next_month(self, *args, **kwargs): ...

    def get_previous_month(self, *args, **kwargs): ...


class DayMixin:
    day = None

    def get_day_format(self, *args, **kwargs): ...

    def get_day(self, *args, **kwargs): ...

    def get_next_day(self, *args, **kwargs): ...

    def get_previous_day(self, *args, **kwargs): ...


class WeekMixin:
    week = None

    def get_week_format(self, *args, **kwargs): ...

    def get_week(self, *args, **kwargs): ...

    def get_next_week(self, *args, **kwargs): ...

    def get_previous_week(self, *args, **kwargs): ...


class DateMixin:
    date_field = None
    allow_future = False

    def get_date_field(self, *args, **kwargs): ...

    def get_allow_future(self, *args, **kwargs): ...


class BaseDateListView(MultipleObjectMixin, DateMixin, View):
    allow_empty = False
    date_list_period = 'year'

    def get(self, *args, **kwargs): ...

    def get_dated_items(self, *args, **kwargs): ...

    def get_ordering(self, *args, **kwargs): ...

    def get_dated_queryset(self, *args, **kwargs): ...

    def get_date_list_period(self, *args, **kwargs): ...

    def get_date_list(self, *args, **kwargs): ...


class BaseArchiveIndexView(BaseDateListView):
    context_object_name = 'latest'

    def get_dated_items(self, *args, **kwargs): ...


class ArchiveIndexView(MultipleObjectTemplateResponseMixin, BaseArchiveIndexView):
    template_name_suffix = '_archive'


class BaseYearArchiveView(YearMixin, BaseDateListView):
    date_list_period = 'month'
    make_object_list = False

    def get_dated_items(self, *args, **kwargs): ...

    def get_make_object_list(self, *args, **kwargs): ...


class YearArchiveView(MultipleObjectTemplateResponseMixin, BaseYearArchiveView):
    template_name_suffix = '_archive_year'


class BaseMonthArchiveView(YearMixin, MonthMixin, BaseDateListView):
    date_list_period = 'day'

    def get_dated_items(self, *args, **kwargs): ...


class MonthArchiveView(MultipleObjectTemplateResponseMixin, BaseMonthArchiveView):
    template_name_suffix = '_archive_month'


class BaseWeekArchiveView(YearMixin, WeekMixin, BaseDateListView):

    def get_dated_items(self, *args, **kwargs): ...


class WeekArchiveView(MultipleObjectTemplateResponseMixin, BaseWeekArchiveView):
    template_name_suffix = '_archive_week'


class BaseDayArchiveView(YearMixin, MonthMixin, DayMixin, BaseDateListView):

    def get_dated_items(self, *args, **kwargs): ...


class DayArchiveView(MultipleObjectTemplateResponseMixin, BaseDayArchiveView):
    template_name_suffix = '_archive_day'


class BaseTodayArchiveView(BaseDayArchiveView):

    def get_dated_items(self, *args, **kwargs): ...


class TodayArchiveView(MultipleObjectTemplateResponseMixin, BaseTodayArchiveView):
    template_name_suffix = '_archive_day'


class BaseDateDetailView(YearMixin, MonthMixin, DayMixin, DateMixin, BaseDetailView):

    def get_object(self, *args, **kwargs): ...


class DateDetailView(SingleObjectTemplateResponseMixin, BaseDateDetailView):
    template_name_suffix = '_detail'


def timezone_today(*args, **kwargs): ...

# Facts about extra_views.dates, written by generate.py.

from django.views.generic.dates import DateMixin
from django.views.generic.dates import MonthMixin
from django.views.generic.dates import YearMixin
from django.views.generic.list import BaseListView
from django.views.generic.list import MultipleObjectTemplateResponseMixin


def daterange(*args, **kwargs): ...


class BaseCalendarMonthView(DateMixin, YearMixin, MonthMixin, BaseListView):
    first_of_week = 0
    paginate_by = None
    date_field = None
    end_date_field = None

    def get_paginate_by(self, *args, **kwargs): ...

    def get_allow_future(self, *args, **kwargs): ...

    def get_end_date_field(self, *args, **kwargs): ...

    def get_start_date(self, *args, **kwargs): ...

    def get_end_date(self, *args, **kwargs): ...

    def get_first_of_week(self, *args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...

    def get_context_data(self, *args, **kwargs): ...


class CalendarMonthView(MultipleObjectTemplateResponseMixin, BaseCalendarMonthView):
    template_name_suffix = '_calendar_month'

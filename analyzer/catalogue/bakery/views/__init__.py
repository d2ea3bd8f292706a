# Written by hand.
# Facts about bakery.views: Django's generic views, which can be written to files as well.

from django.views.generic import DetailView, ListView, RedirectView, TemplateView
from django.views.generic.dates import (
    ArchiveIndexView,
    DayArchiveView,
    MonthArchiveView,
    YearArchiveView,
)


class BuildableMixin:
    def create_request(self, path): ...

    def get_content(self): ...


class BuildableTemplateView(TemplateView, BuildableMixin):
    pass


class Buildable404View(BuildableTemplateView):
    pass


class BuildableRedirectView(RedirectView, BuildableMixin):
    pass


class BuildableDetailView(DetailView, BuildableMixin):
    pass


class BuildableListView(ListView, BuildableMixin):
    pass


class BuildableArchiveIndexView(ArchiveIndexView, BuildableMixin):
    pass


class BuildableYearArchiveView(YearArchiveView, BuildableMixin):
    pass


class BuildableMonthArchiveView(MonthArchiveView, BuildableMixin):
    pass


class BuildableDayArchiveView(DayArchiveView, BuildableMixin):
    pass

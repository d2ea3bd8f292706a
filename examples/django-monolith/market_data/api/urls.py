"""Routes under /api/market-data/."""

from django.urls import include, path, register_converter
from rest_framework.routers import SimpleRouter

from market_data.converters import IsoDateConverter

from . import views

register_converter(IsoDateConverter, "isodate")

app_name = "market-data-api"

router = SimpleRouter()
router.register("instruments", views.InstrumentViewSet, basename="instrument")
router.register("exchanges", views.ExchangeViewSet, basename="exchange")

urlpatterns = [
    path("quotes/", views.quotes_batch, name="quotes"),
    path("quotes/ingest/", views.ingest_quotes, name="quotes-ingest"),
    path("calendar/", views.CalendarView.as_view(), name="calendar"),
    path("calendar/<isodate:day>/", views.calendar_day, name="calendar-day"),
    path("sectors/", views.SectorListView.as_view(), name="sectors"),
    path("", include(router.urls)),
]

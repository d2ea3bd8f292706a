"""Routes under /markets/."""

from django.urls import path, re_path

from market_data import views

app_name = "markets"

urlpatterns = [
    path("", views.InstrumentListView.as_view(), name="list"),
    re_path(r"^(?P<symbol>[A-Z0-9]{2,16})/$", views.instrument_page, name="instrument"),
]

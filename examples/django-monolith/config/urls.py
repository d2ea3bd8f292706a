"""Root URLconf."""

from django.urls import include, path

urlpatterns = [
    path("api/market-data/", include("market_data.api.urls")),
]

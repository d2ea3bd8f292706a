"""Routes under /api/portfolio/."""

from django.urls import path, re_path
from rest_framework.routers import SimpleRouter

from . import views

app_name = "portfolio-api"

router = SimpleRouter()
router.register("portfolios", views.PortfolioViewSet, basename="portfolio")
router.register("accounts", views.AccountViewSet, basename="account")
router.register("watchlists", views.WatchlistViewSet, basename="watchlist")

urlpatterns = [
    path("transfers/", views.TransferView.as_view(), name="transfers"),
    path("positions/", views.PositionListView.as_view(), name="positions"),
    path("net-worth/", views.net_worth, name="net-worth"),
    re_path(r"^holders/(?P<symbol>[A-Z0-9]+)/$", views.top_holders, name="top-holders"),
    *router.urls,
]

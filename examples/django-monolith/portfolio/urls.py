"""Routes under /portfolio/."""

from django.urls import path

from portfolio import views

app_name = "portfolio"

urlpatterns = [
    path("", views.DashboardView.as_view(), name="dashboard"),
    path("accounts/<slug:number>/", views.AccountPage.as_view(), name="account"),
    path("accounts/<slug:number>/cash/", views.CashView.as_view(), name="cash"),
    path("watchlists/new/", views.WatchlistCreateView.as_view(), name="watchlist-new"),
    path("watchlists/<int:pk>/delete/", views.delete_watchlist, name="watchlist-delete"),
]

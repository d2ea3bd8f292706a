"""Root URLconf."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from config.health import healthz
from portfolio.views import home

api_patterns = [
    path("auth/", include("authentication.api.urls")),
    path("market-data/", include("market_data.api.urls")),
    path("portfolio/", include("portfolio.api.urls")),
    path("trading/", include("trading.api.urls")),
    path("notifications/", include("notifications.api.urls")),
    path("research/", include("research.api.urls")),
]

urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("authentication.urls")),
    path("markets/", include("market_data.urls")),
    path("portfolio/", include("portfolio.urls", namespace="portfolio")),
    path("trading/", include("trading.urls", namespace="trading")),
    path("notifications/", include("notifications.urls")),
    path("research/", include("research.urls")),
    path("api/", include(api_patterns)),
]

if settings.DEBUG:
    from django.contrib.staticfiles.urls import staticfiles_urlpatterns

    urlpatterns += staticfiles_urlpatterns()

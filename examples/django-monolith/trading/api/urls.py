"""Routes under /api/trading/."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from . import views

app_name = "trading-api"

router = SimpleRouter()
router.register(r"orders", views.OrderViewSet, basename="order")
router.register(r"algo-orders", views.AlgoOrderViewSet, basename="algo-order")

urlpatterns = [
    path("executions/", views.ExecutionListView.as_view(), name="executions"),
    path("limits/", views.RiskLimitView.as_view(), name="limits"),
    path("blotter/", views.BlotterView.as_view(), name="blotter"),
    path("turnover/", views.turnover, name="turnover"),
    path("daily-fills/", views.daily_fills, name="daily-fills"),
    path("", include(router.urls)),
]

"""Routes under /api/notifications/. This API was begun without trailing slashes."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from . import views

app_name = "notifications-api"

router = SimpleRouter(trailing_slash=False)
router.register("messages", views.NotificationViewSet, basename="message")
router.register("announcements", views.AnnouncementViewSet, basename="announcement")

urlpatterns = [
    path("alerts", views.AlertListView.as_view(), name="alerts"),
    path("alerts/<int:pk>", views.AlertDetailView.as_view(), name="alert"),
    path("preferences", views.PreferenceView.as_view(), name="preferences"),
    path("digest", views.digest, name="digest"),
]
urlpatterns += router.urls

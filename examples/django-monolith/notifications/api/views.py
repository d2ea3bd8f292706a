"""Endpoints under /api/notifications/."""

from django.utils import timezone
from rest_framework import generics, mixins, viewsets
from rest_framework.decorators import action, api_view
from rest_framework.response import Response

from notifications import queries
from notifications.models import (
    Announcement,
    Notification,
    NotificationPreference,
    PriceAlert,
)

from .serializers import (
    AnnouncementSerializer,
    NotificationSerializer,
    PreferenceSerializer,
    PriceAlertSerializer,
)


class NotificationViewSet(viewsets.ReadOnlyModelViewSet):
    serializer_class = NotificationSerializer
    lookup_field = "public_id"
    filterset_fields = {"topic": ["exact"], "read_at": ["isnull"]}

    def get_queryset(self):
        rows = Notification.objects.filter(recipient=self.request.user)
        return rows.select_related("content_type")

    def retrieve(self, request, *args, **kwargs):
        """Looking at a message marks it read: a GET that writes."""
        notification = self.get_object()
        if notification.read_at is None:
            notification.read_at = timezone.now()
            notification.save(update_fields=["read_at"])
        return Response(self.get_serializer(notification).data)

    @action(detail=False, methods=["post"], url_path="read-all", url_name="read-all")
    def read_all(self, request):
        changed = self.get_queryset().unread().update(read_at=timezone.now())
        return Response({"read": changed})

    @action(detail=False, url_path="unread-count", url_name="unread-count")
    def unread_count(self, request):
        return Response({"unread": self.get_queryset().unread().count()})


class AnnouncementViewSet(mixins.ListModelMixin, viewsets.GenericViewSet):
    serializer_class = AnnouncementSerializer

    def get_queryset(self):
        rows = Announcement.objects.exclude(dismissed_by=self.request.user)
        return rows.order_by("-starts_at", "-id")

    @action(detail=True, methods=["post"])
    def dismiss(self, request, pk=None):
        self.get_object().dismissed_by.add(request.user)
        return Response({"dismissed": True})


class AlertListView(generics.ListCreateAPIView):
    serializer_class = PriceAlertSerializer

    def get_queryset(self):
        rows = PriceAlert.objects.filter(owner=self.request.user).order_by("id")
        return rows.select_related("instrument")

    def perform_create(self, serializer):
        serializer.save(owner=self.request.user)


class AlertDetailView(generics.RetrieveUpdateDestroyAPIView):
    serializer_class = PriceAlertSerializer

    def get_queryset(self):
        return PriceAlert.objects.filter(owner=self.request.user).select_related("instrument")


class PreferenceView(generics.RetrieveUpdateAPIView):
    serializer_class = PreferenceSerializer

    def get_object(self):
        row, _ = NotificationPreference.objects.get_or_create(user=self.request.user)
        return row


@api_view(["GET", "POST"])
def digest(request):
    """GET shows own trades per instrument; POST marks messages of closed orders read."""
    if request.method == "POST":
        return Response({"read": queries.mark_order_messages_read(request.user)})
    return Response({"instruments": queries.digest(request.user)})

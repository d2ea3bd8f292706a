"""What every page shows: unread messages and current announcements."""

from django.db.models import Q
from django.utils import timezone

from notifications.models import Announcement, Notification


def inbox(request):
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"unread_count": 0, "announcements": []}
    now = timezone.now()
    current = Announcement.objects.filter(starts_at__lte=now).filter(
        Q(ends_at=None) | Q(ends_at__gt=now)
    )
    return {
        "unread_count": Notification.objects.filter(recipient=user).unread().count(),
        "announcements": current.exclude(dismissed_by=user)[:3],
    }

"""Middleware of authentication."""

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from authentication.models import LastSeen


class LastSeenMiddleware:
    """Stamps the signed-in user, at most once per LAST_SEEN_INTERVAL.

    It runs after the view: users of the API are known only once DRF has looked at the token,
    and DRF hands its user on to the Django request.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            self.stamp(user, request.path[:200])
        return response

    def stamp(self, user, path):
        now = timezone.now()
        due = now - settings.LAST_SEEN_INTERVAL
        row, created = LastSeen.objects.get_or_create(
            user_id=user.pk, defaults={"seen_at": now, "path": path, "hits": 1}
        )
        if not created and row.seen_at <= due:
            LastSeen.objects.filter(pk=user.pk).update(
                seen_at=now, path=path, hits=F("hits") + 1
            )

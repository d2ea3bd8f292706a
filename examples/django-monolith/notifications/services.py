"""Writing a message to a user. Called from inside other apps' transactions."""

from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from notifications.models import Notification, NotificationPreference


def notify(user, topic, subject, body="", target=None):
    """Stores the message with the caller's transaction; mails it after the commit."""
    preference = NotificationPreference.objects.filter(user=user).first()
    if preference is not None and topic in preference.muted_topics:
        return None
    kind = ContentType.objects.get_for_model(target) if target is not None else None
    notification = Notification.objects.create(
        recipient=user,
        topic=topic,
        subject=subject[:160],
        body=body,
        content_type=kind,
        object_id=target.pk if target is not None else None,
    )
    if preference is not None and preference.email_enabled:
        from notifications.tasks import deliver

        transaction.on_commit(partial(deliver.delay, notification.pk))
    return notification

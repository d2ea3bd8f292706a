"""Celery tasks of notifications."""

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone

from authentication.models import User
from notifications import queries
from notifications.models import Notification, NotificationPreference


@shared_task
def deliver(notification_id):
    """Mails one message; safe to run twice."""
    rows = Notification.objects.select_related("recipient")
    notification = rows.filter(pk=notification_id, emailed_at=None).first()
    if notification is None or not notification.recipient.email:
        return False
    send_mail(
        notification.subject,
        notification.body,
        settings.DEFAULT_FROM_EMAIL,
        [notification.recipient.email],
    )
    Notification.objects.filter(pk=notification.pk).update(emailed_at=timezone.now())
    return True


@shared_task(name="notifications.tasks.send_digests")
def send_digests(hour=None):
    """One mail per user with yesterday's trades, straight from the trading tables."""
    wanted = NotificationPreference.objects.filter(email_enabled=True)
    if hour is not None:
        wanted = wanted.filter(digest_hour=hour)
    sent = 0
    for user in User.objects.filter(notification_preference__in=wanted, is_active=True):
        lines = [f"{row['symbol']}: {row['fills']}" for row in queries.digest(user)]
        if lines:
            send_mail(
                "Your trades", "\n".join(lines), settings.DEFAULT_FROM_EMAIL, [user.email]
            )
            sent += 1
    return sent

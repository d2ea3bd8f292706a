"""Messages, preferences, price alerts and announcements."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from core.models import AuditedModel, OwnedModel, PublicIdModel, TimeStampedModel


class NotificationQuerySet(models.QuerySet):
    def unread(self):
        return self.filter(read_at__isnull=True)


class Notification(PublicIdModel, models.Model):
    class Topic(models.TextChoices):
        ORDER = "order", "Orders"
        PRICE = "price", "Prices"
        RESEARCH = "research", "Research"
        ACCOUNT = "account", "Account"

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    topic = models.CharField(max_length=10, choices=Topic.choices)
    subject = models.CharField(max_length=160)
    body = models.TextField(blank=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, null=True)
    object_id = models.PositiveBigIntegerField(null=True)
    target = GenericForeignKey("content_type", "object_id")
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    emailed_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["recipient", "-created_at"], name="notification_inbox"),
            models.Index(fields=["content_type", "object_id"], name="notification_target"),
        ]


class NotificationPreference(models.Model):
    user = models.OneToOneField(
        get_user_model(), on_delete=models.CASCADE, related_name="notification_preference"
    )
    email_enabled = models.BooleanField(default=True)
    digest_hour = models.PositiveSmallIntegerField(default=7)
    muted_topics = models.JSONField(default=list, blank=True)


class PriceAlert(OwnedModel, TimeStampedModel):
    class Direction(models.TextChoices):
        ABOVE = "above", "Above"
        BELOW = "below", "Below"

    instrument = models.ForeignKey(
        "market_data.Instrument", on_delete=models.CASCADE, related_name="price_alerts"
    )
    direction = models.CharField(max_length=5, choices=Direction.choices)
    threshold = models.DecimalField(max_digits=18, decimal_places=4)
    triggered_at = models.DateTimeField(null=True, blank=True)


class Announcement(AuditedModel):
    title = models.CharField(max_length=120)
    body = models.TextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    dismissed_by = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="dismissed_announcements",
        db_table="notifications_dismissal",
    )

    def __str__(self):
        return self.title

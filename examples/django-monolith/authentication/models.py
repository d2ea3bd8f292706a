"""The user and what hangs on it."""

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils import timezone

from core.models import TimeStampedModel


class PlatformUserManager(UserManager):
    def active_traders(self):
        return self.filter(is_active=True, is_trader=True)


class User(AbstractUser):
    email = models.EmailField("email address", unique=True)
    is_trader = models.BooleanField(default=True)
    referred_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="referrals"
    )

    objects = PlatformUserManager()

    class Meta(AbstractUser.Meta):
        swappable = "AUTH_USER_MODEL"
        ordering = ["id"]


class UserProfile(TimeStampedModel):
    class Risk(models.TextChoices):
        LOW = "low", "Low"
        MEDIUM = "medium", "Medium"
        HIGH = "high", "High"

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="profile")
    display_name = models.CharField(max_length=80)
    country = models.CharField(max_length=2, default="US")
    base_currency = models.CharField(max_length=3, default="USD")
    risk_appetite = models.CharField(max_length=8, choices=Risk.choices, default=Risk.MEDIUM)
    favourite_instrument = models.ForeignKey(
        "market_data.Instrument",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="fans",
    )

    def __str__(self):
        return self.display_name


class LastSeen(models.Model):
    """Written by a middleware on every request of a signed-in user, reads included."""

    user = models.OneToOneField(
        "accounts.User", on_delete=models.CASCADE, primary_key=True, related_name="last_seen"
    )
    seen_at = models.DateTimeField(default=timezone.now)
    path = models.CharField(max_length=200)
    hits = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "auth_last_seen"


class LoginEvent(models.Model):
    class Method(models.TextChoices):
        SESSION = "session", "Session"
        TOKEN = "token", "Token"
        JWT = "jwt", "JWT"

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, related_name="login_events"
    )
    username = models.CharField(max_length=150)
    method = models.CharField(max_length=8, choices=Method.choices)
    succeeded = models.BooleanField()
    happened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-happened_at", "-id"]
        indexes = [models.Index(fields=["user", "-happened_at"], name="login_event_by_user")]

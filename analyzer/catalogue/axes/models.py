# Facts about axes.models, written by generate.py.

from django.db import models


class AccessBase(models.Model):
    user_agent = models.CharField()
    ip_address = models.GenericIPAddressField(null=True)
    username = models.CharField(null=True)
    http_accept = models.CharField()
    path_info = models.CharField()
    attempt_time = models.DateTimeField()

    class Meta:
        abstract = True
        app_label = "axes"


class AccessFailureLog(AccessBase):
    locked_out = models.BooleanField()
    objects = models.Manager()


class AccessAttempt(AccessBase):
    get_data = models.TextField()
    post_data = models.TextField()
    failures_since_start = models.PositiveIntegerField()
    objects = models.Manager()


class AccessAttemptExpiration(models.Model):
    access_attempt = models.OneToOneField(
        "axes.AccessAttempt",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="expiration",
    )
    expires_at = models.DateTimeField()
    objects = models.Manager()


class AccessLog(AccessBase):
    logout_time = models.DateTimeField(null=True)
    session_hash = models.CharField()
    objects = models.Manager()

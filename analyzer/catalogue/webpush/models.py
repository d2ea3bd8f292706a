# Facts about webpush.models, written by generate.py.

from django.conf import settings
from django.db import models


class Group(models.Model):
    name = models.CharField(unique=True)
    objects = models.Manager()


class SubscriptionInfo(models.Model):
    browser = models.CharField()
    user_agent = models.CharField()
    endpoint = models.URLField()
    auth = models.CharField()
    p256dh = models.CharField()
    objects = models.Manager()


class PushInformation(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="webpush_info",
    )
    subscription = models.ForeignKey(
        "webpush.SubscriptionInfo",
        on_delete=models.CASCADE,
        related_name="webpush_info",
    )
    group = models.ForeignKey(
        "webpush.Group",
        on_delete=models.CASCADE,
        null=True,
        related_name="webpush_info",
    )
    objects = models.Manager()

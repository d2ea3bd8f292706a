# Facts about wagtail.users.models, written by generate.py.

from django.conf import settings
from django.db import models


def upload_avatar_to(*args, **kwargs): ...


class UserProfile(models.Model):
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="wagtail_userprofile",
    )
    submitted_notifications = models.BooleanField()
    approved_notifications = models.BooleanField()
    rejected_notifications = models.BooleanField()
    updated_comments_notifications = models.BooleanField()
    preferred_language = models.CharField()
    current_time_zone = models.CharField()
    avatar = models.ImageField()
    dismissibles = models.JSONField()
    theme = models.CharField()
    contrast = models.CharField()
    density = models.CharField()
    keyboard_shortcuts = models.BooleanField()
    objects = models.Manager()

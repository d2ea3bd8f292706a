# Facts about actstream.models, written by generate.py.

from actstream.managers import ActionManager
from actstream.managers import FollowManager
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models


class Follow(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    content_type = models.ForeignKey("contenttypes.ContentType", on_delete=models.CASCADE)
    object_id = models.CharField()
    follow_object = GenericForeignKey("content_type", "object_id")
    actor_only = models.BooleanField()
    flag = models.CharField()
    started = models.DateTimeField()
    objects = FollowManager()


class Action(models.Model):
    actor_content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.CASCADE,
        related_name="actor",
    )
    actor_object_id = models.CharField()
    actor = GenericForeignKey("actor_content_type", "actor_object_id")
    verb = models.CharField()
    description = models.TextField(null=True)
    target_content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.CASCADE,
        null=True,
        related_name="target",
    )
    target_object_id = models.CharField(null=True)
    target = GenericForeignKey("target_content_type", "target_object_id")
    action_object_content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.CASCADE,
        null=True,
        related_name="action_object",
    )
    action_object_object_id = models.CharField(null=True)
    action_object = GenericForeignKey("action_object_content_type", "action_object_object_id")
    timestamp = models.DateTimeField()
    public = models.BooleanField()
    objects = ActionManager()

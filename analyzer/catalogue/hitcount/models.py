# Facts about hitcount.models, written by generate.py.

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models
from hitcount.managers import HitCountManager
from hitcount.managers import HitManager


AUTH_USER_MODEL = 'auth.User'
MODEL_HITCOUNT = 'hitcount.HitCount'


def delete_hit_count_handler(*args, **kwargs): ...


class HitCountBase(models.Model):
    hits = models.PositiveIntegerField()
    modified = models.DateTimeField()
    content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.CASCADE,
        related_name="content_type_set_for_%(class)s",
    )
    object_pk = models.PositiveIntegerField()
    content_object = GenericForeignKey("content_type", "object_pk")
    objects = HitCountManager()

    class Meta:
        abstract = True


class HitCount(HitCountBase):

    class Meta:
        db_table = "hitcount_hit_count"


class Hit(models.Model):
    created = models.DateTimeField()
    ip = models.CharField()
    session = models.CharField()
    user_agent = models.CharField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True)
    hitcount = models.ForeignKey("hitcount.HitCount", on_delete=models.CASCADE)
    objects = HitManager()


class BlacklistIP(models.Model):
    ip = models.CharField(unique=True)
    objects = models.Manager()

    class Meta:
        db_table = "hitcount_blacklist_ip"


class BlacklistUserAgent(models.Model):
    user_agent = models.CharField(unique=True)
    objects = models.Manager()

    class Meta:
        db_table = "hitcount_blacklist_user_agent"


class HitCountMixin:

    @property
    def hit_count(self): ...

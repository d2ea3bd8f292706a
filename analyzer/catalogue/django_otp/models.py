# Facts about django_otp.models, written by generate.py.

from django.conf import settings
from django.db import models


class DeviceManager(models.Manager):

    def devices_for_user(self, *args, **kwargs): ...


class Device(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    name = models.CharField()
    confirmed = models.BooleanField()
    objects = DeviceManager()

    class Meta:
        abstract = True


class SideChannelDevice(Device):
    token = models.CharField(null=True)
    valid_until = models.DateTimeField()

    class Meta:
        abstract = True


class GenerateNotAllowed:
    pass


class CooldownMixin(models.Model):
    last_generated_timestamp = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class VerifyNotAllowed:
    pass


class ThrottlingMixin(models.Model):
    throttling_failure_timestamp = models.DateTimeField(null=True)
    throttling_failure_count = models.PositiveIntegerField()

    class Meta:
        abstract = True


class TimestampMixin(models.Model):
    created_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

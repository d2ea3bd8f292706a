# Facts about push_notifications.models, written by generate.py.

from django.conf import settings
from django.db import models
from push_notifications.fields import HexIntegerField


class Device(models.Model):
    name = models.CharField(null=True)
    active = models.BooleanField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True)
    date_created = models.DateTimeField(null=True)
    application_id = models.CharField(null=True)

    class Meta:
        abstract = True


class GCMDeviceManager(models.Manager):

    def get_queryset(self, *args, **kwargs): ...


class GCMDeviceQuerySet(models.QuerySet):

    def send_message(self, *args, **kwargs): ...


class GCMDevice(Device):
    device_id = HexIntegerField(null=True)
    registration_id = models.TextField()
    cloud_message_type = models.CharField()
    objects = GCMDeviceManager()


class APNSDeviceManager(models.Manager):

    def get_queryset(self, *args, **kwargs): ...


class APNSDeviceQuerySet(models.QuerySet):

    def send_message(self, *args, **kwargs): ...


class APNSDevice(Device):
    device_id = models.UUIDField(null=True)
    registration_id = models.CharField()
    objects = APNSDeviceManager()


class WNSDeviceManager(models.Manager):

    def get_queryset(self, *args, **kwargs): ...


class WNSDeviceQuerySet(models.QuerySet):

    def send_message(self, *args, **kwargs): ...


class WNSDevice(Device):
    device_id = models.UUIDField(null=True)
    registration_id = models.TextField()
    objects = WNSDeviceManager()


class WebPushDeviceManager(models.Manager):

    def get_queryset(self, *args, **kwargs): ...


class WebPushDeviceQuerySet(models.QuerySet):

    def send_message(self, *args, **kwargs): ...


class WebPushDevice(Device):
    registration_id = models.TextField()
    p256dh = models.CharField()
    auth = models.CharField()
    browser = models.CharField()
    objects = WebPushDeviceManager()

# Facts about django_otp.plugins.otp_static.models, written by generate.py.

from django.db import models
from django_otp.models import Device
from django_otp.models import ThrottlingMixin
from django_otp.models import TimestampMixin


class StaticDevice(TimestampMixin, ThrottlingMixin, Device):
    pass


class StaticToken(models.Model):
    device = models.ForeignKey(
        "otp_static.StaticDevice",
        on_delete=models.CASCADE,
        related_name="token_set",
    )
    token = models.CharField()
    objects = models.Manager()

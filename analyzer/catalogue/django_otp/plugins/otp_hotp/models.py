# Facts about django_otp.plugins.otp_hotp.models, written by generate.py.

from django.db import models
from django_otp.models import Device
from django_otp.models import ThrottlingMixin
from django_otp.models import TimestampMixin


def default_key(*args, **kwargs): ...


def key_validator(*args, **kwargs): ...


class HOTPDevice(TimestampMixin, ThrottlingMixin, Device):
    key = models.CharField()
    digits = models.PositiveSmallIntegerField()
    tolerance = models.PositiveSmallIntegerField()
    counter = models.BigIntegerField()

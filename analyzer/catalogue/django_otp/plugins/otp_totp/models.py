# Facts about django_otp.plugins.otp_totp.models, written by generate.py.

from django.db import models
from django_otp.models import Device
from django_otp.models import ThrottlingMixin
from django_otp.models import TimestampMixin


def default_key(*args, **kwargs): ...


def key_validator(*args, **kwargs): ...


class TOTPDevice(TimestampMixin, ThrottlingMixin, Device):
    key = models.CharField()
    step = models.PositiveSmallIntegerField()
    t0 = models.BigIntegerField()
    digits = models.PositiveSmallIntegerField()
    tolerance = models.PositiveSmallIntegerField()
    drift = models.SmallIntegerField()
    last_t = models.BigIntegerField()

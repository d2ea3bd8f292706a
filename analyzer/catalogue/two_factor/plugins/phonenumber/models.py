# Facts about two_factor.plugins.phonenumber.models, written by generate.py.

from django.db import models
from django_otp.models import Device
from django_otp.models import ThrottlingMixin
from phonenumber_field.modelfields import PhoneNumberField


def key_validator(*args, **kwargs): ...


class PhoneDevice(ThrottlingMixin, Device):
    number = PhoneNumberField()
    key = models.CharField()
    method = models.CharField()

    class Meta:
        db_table = "two_factor_phonedevice"

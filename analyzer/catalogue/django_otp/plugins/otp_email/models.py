# Facts about django_otp.plugins.otp_email.models, written by generate.py.

from django.db import models
from django_otp.models import CooldownMixin
from django_otp.models import GenerateNotAllowed
from django_otp.models import SideChannelDevice
from django_otp.models import ThrottlingMixin
from django_otp.models import TimestampMixin


def default_key(*args, **kwargs): ...


def key_validator(*args, **kwargs): ...


class EmailDevice(TimestampMixin, CooldownMixin, ThrottlingMixin, SideChannelDevice):
    email = models.EmailField(null=True)

# Facts about waffle.models, written by generate.py.

from django.conf import settings
from django.db import models
from waffle import get_waffle_flag_model
from waffle import get_waffle_sample_model
from waffle import get_waffle_switch_model
from waffle.managers import FlagManager
from waffle.managers import SampleManager
from waffle.managers import SwitchManager


CACHE_EMPTY = '-'


class BaseModel(models.Model):

    class Meta:
        abstract = True


def set_flag(*args, **kwargs): ...


class AbstractBaseFlag(BaseModel):
    name = models.CharField(unique=True)
    everyone = models.BooleanField(null=True)
    percent = models.DecimalField(null=True)
    testing = models.BooleanField()
    superusers = models.BooleanField()
    staff = models.BooleanField()
    authenticated = models.BooleanField()
    languages = models.TextField()
    rollout = models.BooleanField()
    note = models.TextField()
    created = models.DateTimeField()
    modified = models.DateTimeField()
    objects = FlagManager()

    class Meta:
        abstract = True


class AbstractUserFlag(AbstractBaseFlag):
    groups = models.ManyToManyField("auth.Group")
    users = models.ManyToManyField(settings.AUTH_USER_MODEL)

    class Meta:
        abstract = True


class Flag(AbstractUserFlag):

    class Meta:
        swappable = "WAFFLE_FLAG_MODEL"


class AbstractBaseSwitch(BaseModel):
    name = models.CharField(unique=True)
    active = models.BooleanField()
    note = models.TextField()
    created = models.DateTimeField()
    modified = models.DateTimeField()
    objects = SwitchManager()

    class Meta:
        abstract = True


class AbstractBaseSample(BaseModel):
    name = models.CharField(unique=True)
    percent = models.DecimalField()
    note = models.TextField()
    created = models.DateTimeField()
    modified = models.DateTimeField()
    objects = SampleManager()

    class Meta:
        abstract = True


class Switch(AbstractBaseSwitch):

    class Meta:
        swappable = "WAFFLE_SWITCH_MODEL"


class Sample(AbstractBaseSample):

    class Meta:
        swappable = "WAFFLE_SAMPLE_MODEL"

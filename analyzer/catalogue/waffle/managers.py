# Facts about waffle.managers, written by generate.py.

from django.db import models


TYPE_CHECKING = False


class BaseManager(models.Manager):
    KEY_SETTING = ''

    def get_by_natural_key(self, *args, **kwargs): ...

    def create(self, *args, **kwargs): ...


class FlagManager(BaseManager):
    KEY_SETTING = 'ALL_FLAGS_CACHE_KEY'


class SwitchManager(BaseManager):
    KEY_SETTING = 'ALL_SWITCHES_CACHE_KEY'


class SampleManager(BaseManager):
    KEY_SETTING = 'ALL_SAMPLES_CACHE_KEY'

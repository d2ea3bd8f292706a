# Facts about hitcount.managers, written by generate.py.

from django.db import models


class HitCountManager(models.Manager):

    def get_for_object(self, *args, **kwargs): ...


class HitManager(models.Manager):

    def filter_active(self, *args, **kwargs): ...

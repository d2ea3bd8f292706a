# Facts about django_celery_beat.querysets, written by generate.py.

from django.db import models


class PeriodicTaskQuerySet(models.QuerySet):

    def enabled(self, *args, **kwargs): ...

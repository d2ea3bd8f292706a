# Facts about wagtail.models.orderable, written by generate.py.

from django.db import models


class Orderable(models.Model):
    sort_order = models.IntegerField(null=True)

    class Meta:
        abstract = True


def set_max_order(*args, **kwargs): ...

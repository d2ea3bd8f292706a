# Written by hand.
# Facts about mptt.models: the metaclass gives every concrete tree four columns.

from django.db import models
from mptt.managers import TreeManager


class MPTTModel(models.Model):
    lft = models.PositiveIntegerField()
    rght = models.PositiveIntegerField()
    tree_id = models.PositiveIntegerField()
    level = models.PositiveIntegerField()
    objects = TreeManager()

    class Meta:
        abstract = True

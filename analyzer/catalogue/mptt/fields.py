# Facts about mptt.fields, written by generate.py.

from django.db import models


class TreeForeignKey(models.ForeignKey):
    pass


class TreeOneToOneField(models.OneToOneField):
    pass


class TreeManyToManyField(models.ManyToManyField):
    pass

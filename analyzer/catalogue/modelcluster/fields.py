# Facts about modelcluster.fields, written by generate.py.

from django.db import models


DJANGO_VERSION = (5, 2, 19, 'final', 0)


def create_deferring_foreign_related_manager(*args, **kwargs): ...


class ChildObjectsDescriptor:
    pass


class ParentalKey(models.ForeignKey):
    pass


def create_deferring_forward_many_to_many_manager(*args, **kwargs): ...


class ParentalManyToManyDescriptor:
    pass


class ParentalManyToManyField(models.ManyToManyField):
    pass

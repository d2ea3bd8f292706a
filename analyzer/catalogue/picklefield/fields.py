# Facts about picklefield.fields, written by generate.py.

from django.db import models


DEFAULT_PROTOCOL = 2


class PickledObject:
    pass


def wrap_conflictual_object(*args, **kwargs): ...


def get_default_protocol(*args, **kwargs): ...


def dbsafe_encode(*args, **kwargs): ...


def dbsafe_decode(*args, **kwargs): ...


class PickledObjectField(models.Field):
    empty_strings_allowed = False

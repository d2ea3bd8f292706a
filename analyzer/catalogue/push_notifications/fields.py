# Facts about push_notifications.fields, written by generate.py.

from django.db import models


UNSIGNED_64BIT_INT_MIN_VALUE = 0
UNSIGNED_64BIT_INT_MAX_VALUE = 18446744073709551615


class HexadecimalField:

    def prepare_value(self, *args, **kwargs): ...


class HexIntegerField(models.BigIntegerField):
    pass

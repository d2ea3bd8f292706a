# Facts about djblets.db.fields.modification_timestamp_field, written by generate.py.

from django.db import models


class ModificationState:

    @staticmethod
    def get_attr_name(*args, **kwargs): ...


class ModificationTrackedValue:
    pass


class ModificationTimestampField(models.DateTimeField):
    pass

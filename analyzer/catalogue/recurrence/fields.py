# Facts about recurrence.fields, written by generate.py.

from django.db import models


class RecurrenceField(models.Field):
    pass

# Facts about djblets.db.fields.counter_field, written by generate.py.

from django.db import models


class CounterField(models.IntegerField):
    pass

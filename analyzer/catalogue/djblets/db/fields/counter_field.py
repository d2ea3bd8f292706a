# Written by hand.
# Facts about djblets.db.fields.counter_field: a counter is empty until it is first counted.

from django.db import models


class CounterField(models.IntegerField):
    def __init__(self, verbose_name=None, name=None, initializer=None, default=None, **kwargs):
        kwargs.update({"blank": True, "null": True})
        super().__init__(verbose_name, name, default=default, **kwargs)

# Written by hand.
# Facts about djmoney.models.fields: a `MoneyField` brings a second column for its currency.

from django.db import models


class CurrencyField(models.CharField):
    pass


class MoneyField(models.DecimalField):
    def __init__(self, *args, currency_field_name=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.currency_field_name = currency_field_name

    def contribute_to_class(self, cls, name):
        currency = CurrencyField(max_length=3, null=self.null)
        cls.add_to_class(self.currency_field_name or name + "_currency", currency)
        super().contribute_to_class(cls, name)

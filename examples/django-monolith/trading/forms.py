"""The order ticket."""

from django import forms

from market_data.models import Instrument
from portfolio.models import Account, Portfolio
from trading.models import Order


class OrderTicketForm(forms.ModelForm):
    account = forms.ModelChoiceField(queryset=Account.objects.none(), to_field_name="number")
    instrument = forms.ModelChoiceField(
        queryset=Instrument.objects.tradable().select_related("exchange"),
        to_field_name="symbol",
    )

    class Meta:
        model = Order
        fields = ["account", "instrument", "side", "order_type", "quantity", "limit_price"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        mine = Portfolio.objects.tradable_by(user)
        self.fields["account"].queryset = Account.objects.filter(portfolio__in=mine)

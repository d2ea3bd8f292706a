"""Forms of the portfolio pages."""

from decimal import Decimal

from django import forms

from portfolio.models import Watchlist


class CashForm(forms.Form):
    DIRECTIONS = [("deposit", "Deposit"), ("withdraw", "Withdraw")]

    direction = forms.ChoiceField(choices=DIRECTIONS)
    amount = forms.DecimalField(max_digits=14, decimal_places=2, min_value=Decimal("0.01"))
    memo = forms.CharField(max_length=120, required=False)


class WatchlistForm(forms.ModelForm):
    class Meta:
        model = Watchlist
        fields = ["name"]

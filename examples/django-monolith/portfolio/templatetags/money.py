"""Filters for amounts, and a tag that looks up a price."""

from decimal import Decimal

from django import template

from market_data.models import Quote

register = template.Library()


@register.filter
def money(value, currency="USD"):
    return f"{Decimal(value):,.2f} {currency}"


@register.filter
def signed(value):
    return f"{Decimal(value):+,.2f}"


@register.simple_tag
def last_price(symbol):
    """A query per use: the ticker in the page head runs it on every page."""
    quote = Quote.objects.filter(instrument__symbol=symbol).only("last").first()
    return quote.last if quote else ""

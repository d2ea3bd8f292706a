"""Prices, fees and conversion to the account's currency."""

from decimal import ROUND_HALF_UP, Decimal

from market_data.models import Quote

CENT = Decimal("0.01")
FEE_RATE = Decimal("0.0010")
FEE_MINIMUM = Decimal("1.00")
SETTLEMENT_CURRENCY = "USD"


class NoPrice(Exception):
    """There is no quote to trade or convert at."""


def cents(amount):
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def quote_of(instrument):
    quote = Quote.objects.filter(instrument=instrument).first()
    if quote is None:
        raise NoPrice(f"{instrument.symbol} has no quote")
    return quote


def touch_price(quote, side):
    """Buyers pay the ask, sellers get the bid."""
    return quote.ask if side == "buy" else quote.bid


def conversion_rate(currency):
    if currency == SETTLEMENT_CURRENCY:
        return Decimal(1)
    pair = Quote.objects.filter(instrument__symbol=f"{currency}{SETTLEMENT_CURRENCY}").first()
    if pair is None:
        raise NoPrice(f"no rate from {currency} to {SETTLEMENT_CURRENCY}")
    return pair.last


def gross_amount(instrument, quantity, price):
    return cents(quantity * price * conversion_rate(instrument.currency))


def fee_on(gross):
    return max(cents(gross * FEE_RATE), FEE_MINIMUM)

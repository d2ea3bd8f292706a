"""Receivers of market data: new quotes may fill waiting orders."""

from django.db import transaction
from django.dispatch import receiver

from market_data.signals import quotes_changed
from trading.tasks import match_open_orders


@receiver(quotes_changed)
def match_after_commit(sender, instruments, **kwargs):
    keys = [instrument.pk for instrument in instruments]
    transaction.on_commit(lambda: match_open_orders.delay(keys))

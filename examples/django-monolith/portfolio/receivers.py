"""Receivers of signals of authentication and market_data."""

from django.dispatch import receiver

from market_data.signals import instrument_halted
from portfolio.ledger import HOUSE_USERNAME, open_portfolio
from portfolio.models import WatchlistItem


def open_first_portfolio(sender, instance, created, raw=False, **kwargs):
    """A new trader starts with a portfolio: saving a user writes four tables of this app."""
    if created and not raw and instance.is_trader and instance.username != HOUSE_USERNAME:
        open_portfolio(instance)


@receiver(instrument_halted)
def note_halt(sender, instrument, **kwargs):
    WatchlistItem.objects.filter(instrument=instrument).update(note="trading halted")

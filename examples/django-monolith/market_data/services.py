"""Writes of market data: quotes from the feed, trading halts."""

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone

from market_data.models import Instrument, Quote
from market_data.signals import instrument_halted, quotes_changed


@transaction.atomic
def ingest_quotes(rows):
    """Replaces the latest quotes. Receivers run inside this transaction."""
    now = timezone.now()
    instruments = []
    for row in rows:
        instrument = row["instrument"]
        old = Quote.objects.select_for_update().filter(instrument=instrument).first()
        Quote.objects.update_or_create(
            instrument=instrument,
            defaults={
                "bid": row["bid"],
                "ask": row["ask"],
                "last": row["last"],
                "previous_close": old.previous_close if old else row["last"],
                "volume": row["volume"],
                "quoted_at": now,
            },
        )
        instruments.append(instrument)
    quotes_changed.send(sender=Quote, instruments=instruments)
    return len(instruments)


@transaction.atomic
def set_halted(symbol, halted, user):
    instrument = get_object_or_404(Instrument.objects.select_for_update(), symbol=symbol)
    if instrument.is_halted != halted:
        instrument.is_halted = halted
        instrument.updated_by = user
        instrument.save(update_fields=["is_halted", "updated_by"])
        if halted:
            instrument_halted.send(sender=Instrument, instrument=instrument, user=user)
    return instrument

"""Celery tasks of market data."""

from celery import shared_task

from market_data.models import Candle


@shared_task
def drop_old_candles(interval, keep):
    """Keeps the newest `keep` candles of each instrument; returns how many went."""
    gone = 0
    # order_by: with the default ordering, distinct would be over the times as well.
    instruments = Candle.objects.order_by("instrument_id")
    for pk in instruments.values_list("instrument_id", flat=True).distinct():
        rows = Candle.objects.filter(instrument_id=pk, interval=interval)
        old = list(rows.order_by("-opened_at").values_list("pk", flat=True)[keep:])
        gone += Candle.objects.filter(pk__in=old).delete()[0]
    return gone

"""Prices: the latest quote of an instrument, its candles and its corporate actions."""

from decimal import Decimal

from django.db import models

from .reference import Instrument

PRICE_STEP = Decimal("0.0001")


class Quote(models.Model):
    instrument = models.OneToOneField(
        Instrument, on_delete=models.CASCADE, related_name="quote"
    )
    bid = models.DecimalField(max_digits=18, decimal_places=4)
    ask = models.DecimalField(max_digits=18, decimal_places=4)
    last = models.DecimalField(max_digits=18, decimal_places=4)
    previous_close = models.DecimalField(max_digits=18, decimal_places=4)
    volume = models.BigIntegerField(default=0)
    quoted_at = models.DateTimeField()

    class Meta:
        db_table = "md_quote"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ask__gte=models.F("bid")), name="md_quote_ask_not_below_bid"
            ),
        ]

    @property
    def mid(self):
        return ((self.bid + self.ask) / 2).quantize(PRICE_STEP)

    @property
    def spread(self):
        return (self.ask - self.bid).quantize(PRICE_STEP)

    @property
    def change(self):
        return (self.last - self.previous_close).quantize(PRICE_STEP)


class Candle(models.Model):
    class Interval(models.TextChoices):
        HOUR = "1h", "One hour"
        DAY = "1d", "One day"
        WEEK = "1w", "One week"

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="candles")
    interval = models.CharField(max_length=2, choices=Interval.choices)
    opened_at = models.DateTimeField()
    open = models.DecimalField(max_digits=18, decimal_places=4)
    high = models.DecimalField(max_digits=18, decimal_places=4)
    low = models.DecimalField(max_digits=18, decimal_places=4)
    close = models.DecimalField(max_digits=18, decimal_places=4)
    volume = models.BigIntegerField()
    vwap = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)

    class Meta:
        db_table = "md_candle"
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "interval", "opened_at"], name="md_candle_unique_bar"
            ),
        ]


class CorporateAction(models.Model):
    class Kind(models.TextChoices):
        DIVIDEND = "dividend", "Dividend"
        SPLIT = "split", "Split"

    instrument = models.ForeignKey(
        "market_data.Instrument", on_delete=models.CASCADE, related_name="corporate_actions"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)
    ex_date = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=6)

    class Meta:
        ordering = ["-ex_date", "id"]

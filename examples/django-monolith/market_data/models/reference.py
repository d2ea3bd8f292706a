"""Reference data: what can be traded, where and when."""

from django.db import models

from core.models import AuditedModel, TimeStampedModel


class Exchange(TimeStampedModel):
    code = models.CharField(max_length=4, unique=True)
    name = models.CharField(max_length=120)
    country = models.CharField(max_length=2)
    timezone = models.CharField(max_length=40)
    currency = models.CharField(max_length=3)
    opens_at = models.TimeField()
    closes_at = models.TimeField()

    class Meta(TimeStampedModel.Meta):
        ordering = ["code"]

    def __str__(self):
        return self.code


class TradingDay(models.Model):
    class Status(models.TextChoices):
        OPEN = "open", "Open"
        HALF = "half", "Half day"
        CLOSED = "closed", "Closed"

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="days")
    date = models.DateField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    note = models.CharField(max_length=80, blank=True)

    class Meta:
        db_table = "market_calendar"
        ordering = ["date", "exchange__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["exchange", "date"], name="market_calendar_exchange_date"
            ),
        ]


class Sector(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        ordering = ["slug"]

    def __str__(self):
        return self.name


class InstrumentTag(models.Model):
    slug = models.SlugField(unique=True)
    label = models.CharField(max_length=60)

    class Meta:
        ordering = ["slug"]

    def __str__(self):
        return self.slug


class InstrumentQuerySet(models.QuerySet):
    def tradable(self):
        return self.filter(is_halted=False, quote__isnull=False)

    def of_kind(self, kind):
        return self.filter(kind=kind)


class Instrument(AuditedModel):
    class Kind(models.TextChoices):
        EQUITY = "equity", "Equity"
        BOND = "bond", "Bond"
        FUND = "fund", "Fund"
        FX = "fx", "Currency pair"

    symbol = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="instruments")
    sector = models.ForeignKey(
        Sector, on_delete=models.SET_NULL, null=True, blank=True, related_name="instruments"
    )
    tags = models.ManyToManyField(InstrumentTag, blank=True, related_name="instruments")
    currency = models.CharField(max_length=3)
    tick_size = models.DecimalField(max_digits=10, decimal_places=4, default="0.0100")
    lot_size = models.PositiveIntegerField(default=1)
    is_halted = models.BooleanField(default=False)
    listed_on = models.DateField()

    objects = InstrumentQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["symbol"]
        indexes = [models.Index(fields=["kind", "symbol"], name="instrument_kind_symbol")]

    def __str__(self):
        return self.symbol


class Equity(Instrument):
    isin = models.CharField(max_length=12, unique=True)
    shares_outstanding = models.BigIntegerField()
    dividend_yield = models.DecimalField(max_digits=6, decimal_places=4, null=True, blank=True)


class Bond(Instrument):
    coupon_rate = models.DecimalField(max_digits=6, decimal_places=4)
    matures_on = models.DateField()
    face_value = models.DecimalField(max_digits=12, decimal_places=2, default="1000.00")


class Fund(Instrument):
    expense_ratio = models.DecimalField(max_digits=5, decimal_places=4)
    benchmark = models.ForeignKey(
        "market_data.Instrument",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="tracking_funds",
    )

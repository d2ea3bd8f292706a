"""Orders, executions and limits."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from core.models import AuditedModel, PublicIdModel
from market_data.models import Instrument


class OrderQuerySet(models.QuerySet):
    def open(self):
        return self.filter(status__in=Order.OPEN_STATUSES)

    def visible_to(self, user):
        return self.filter(account__portfolio__memberships__user=user)

    def with_names(self):
        return self.select_related("instrument", "account__portfolio", "placed_by")


class Order(PublicIdModel, AuditedModel):
    class Side(models.TextChoices):
        BUY = "buy", "Buy"
        SELL = "sell", "Sell"

    class Type(models.TextChoices):
        MARKET = "market", "Market"
        LIMIT = "limit", "Limit"

    class Status(models.TextChoices):
        NEW = "new", "New"
        FILLED = "filled", "Filled"
        CANCELLED = "cancelled", "Cancelled"
        REJECTED = "rejected", "Rejected"
        EXPIRED = "expired", "Expired"

    class TimeInForce(models.TextChoices):
        DAY = "day", "Day"
        GTC = "gtc", "Good till cancelled"

    OPEN_STATUSES = [Status.NEW]

    account = models.ForeignKey(
        "portfolio.Account", on_delete=models.PROTECT, related_name="orders"
    )
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="orders")
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="orders"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children"
    )
    client_reference = models.CharField(max_length=40, blank=True)
    side = models.CharField(max_length=4, choices=Side.choices)
    order_type = models.CharField(max_length=8, choices=Type.choices)
    time_in_force = models.CharField(
        max_length=4, choices=TimeInForce.choices, default=TimeInForce.DAY
    )
    quantity = models.DecimalField(max_digits=18, decimal_places=4)
    limit_price = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    reserved_cash = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.NEW)
    placed_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta(AuditedModel.Meta):
        ordering = ["-placed_at", "-id"]
        indexes = [
            models.Index(fields=["status", "placed_at"], name="order_open_by_age"),
            models.Index(fields=["account", "-placed_at"], name="order_by_account"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "client_reference"],
                condition=~models.Q(client_reference=""),
                name="order_client_reference_once",
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0), name="order_quantity_positive"
            ),
        ]

    @property
    def is_open(self):
        return self.status in self.OPEN_STATUSES

    def __str__(self):
        return f"{self.side} {self.quantity} {self.instrument_id}"


class OpenOrderManager(models.Manager):
    def get_queryset(self):
        return OrderQuerySet(self.model, using=self._db).open()


class OpenOrder(Order):
    """The orders that still wait for a price; same table."""

    objects = OpenOrderManager()

    class Meta(Order.Meta):
        proxy = True
        ordering = ["placed_at"]
        indexes = []
        constraints = []


class AlgoOrder(Order):
    """An order that is worked in slices: its own table, joined to the order's."""

    class Strategy(models.TextChoices):
        TWAP = "twap", "Time weighted"
        ICEBERG = "iceberg", "Iceberg"

    strategy = models.CharField(max_length=8, choices=Strategy.choices)
    slices = models.PositiveSmallIntegerField(default=4)
    slices_done = models.PositiveSmallIntegerField(default=0)


class Execution(PublicIdModel, models.Model):
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="executions")
    price = models.DecimalField(max_digits=18, decimal_places=4)
    quantity = models.DecimalField(max_digits=18, decimal_places=4)
    gross = models.DecimalField(max_digits=18, decimal_places=2)
    fee = models.DecimalField(max_digits=18, decimal_places=2)
    executed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-executed_at", "-id"]


class OrderEvent(models.Model):
    """The history of an order, for compliance."""

    order = models.ForeignKey("trading.Order", on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20)
    actor = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    details = models.JSONField(default=dict, blank=True)
    happened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "compliance_order_event"
        ordering = ["happened_at", "id"]


class RiskLimit(models.Model):
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="risk_limit",
    )
    max_notional = models.DecimalField(max_digits=18, decimal_places=2, default="50000.00")
    max_open_orders = models.PositiveIntegerField(default=50)
    blocked_exchanges = models.JSONField(default=list, blank=True)

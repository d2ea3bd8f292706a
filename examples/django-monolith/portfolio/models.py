"""Who holds what: portfolios with members, cash accounts, holdings, watchlists."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils import timezone

from core.models import AuditedModel, OwnedModel, PublicIdModel, TimeStampedModel

CENT = Decimal("0.01")


class PortfolioQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(memberships__user=user)

    def tradable_by(self, user):
        roles = [PortfolioMember.Role.OWNER, PortfolioMember.Role.TRADER]
        return self.filter(memberships__user=user, memberships__role__in=roles)


class PortfolioManager(models.Manager.from_queryset(PortfolioQuerySet)):
    """Open portfolios only; closed ones are reached through `Portfolio.everything`."""

    def get_queryset(self):
        return super().get_queryset().filter(closed_at__isnull=True)


class Portfolio(PublicIdModel, OwnedModel, AuditedModel):
    name = models.CharField(max_length=80)
    base_currency = models.CharField(max_length=3, default="USD")
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        through="PortfolioMember",
        through_fields=("portfolio", "user"),
        related_name="portfolios",
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    everything = models.Manager.from_queryset(PortfolioQuerySet)()
    objects = PortfolioManager()

    class Meta(AuditedModel.Meta):
        base_manager_name = "everything"
        default_manager_name = "everything"

    def __str__(self):
        return self.name


class PortfolioMember(models.Model):
    class Role(models.TextChoices):
        OWNER = "owner", "Owner"
        TRADER = "trader", "Trader"
        VIEWER = "viewer", "Viewer"

    portfolio = models.ForeignKey(
        Portfolio, on_delete=models.CASCADE, related_name="memberships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.VIEWER)
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        unique_together = [("portfolio", "user")]


class Account(TimeStampedModel):
    """Cash of a portfolio. The house account takes the other side of every trade."""

    class Kind(models.TextChoices):
        CUSTOMER = "customer", "Customer"
        HOUSE = "house", "House"

    portfolio = models.ForeignKey(Portfolio, on_delete=models.PROTECT, related_name="accounts")
    number = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.CUSTOMER)
    currency = models.CharField(max_length=3, default="USD")
    cash = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    reserved = models.DecimalField(max_digits=18, decimal_places=2, default=0)

    class Meta(TimeStampedModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="house") | models.Q(cash__gte=models.F("reserved")),
                name="account_reserved_is_covered",
            ),
        ]

    @property
    def available(self):
        return self.cash - self.reserved

    def __str__(self):
        return self.number


class Holding(TimeStampedModel):
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="holdings")
    instrument = models.ForeignKey(
        "market_data.Instrument", on_delete=models.PROTECT, related_name="holdings"
    )
    quantity = models.DecimalField(max_digits=18, decimal_places=4, default=0)
    reserved = models.DecimalField(max_digits=18, decimal_places=4, default=0)
    average_price = models.DecimalField(max_digits=18, decimal_places=4, default=0)

    class Meta(TimeStampedModel.Meta):
        db_table = "portfolio_position"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "instrument"], name="position_per_account_instrument"
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=models.F("reserved")),
                name="position_reserved_is_covered",
            ),
        ]


class CashMovement(models.Model):
    """The ledger: the cash of an account is the sum of its movements."""

    class Kind(models.TextChoices):
        DEPOSIT = "deposit", "Deposit"
        WITHDRAWAL = "withdrawal", "Withdrawal"
        TRANSFER = "transfer", "Transfer"
        TRADE = "trade", "Trade"
        FEE = "fee", "Fee"

    account = models.ForeignKey("Account", on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    balance_after = models.DecimalField(max_digits=18, decimal_places=2)
    execution = models.ForeignKey(
        "trading.Execution",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cash_movements",
    )
    booked_at = models.DateTimeField(default=timezone.now)
    memo = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "cash_ledger"
        ordering = ["-booked_at", "-id"]
        indexes = [models.Index(fields=["account", "-booked_at"], name="cash_ledger_statement")]


class Watchlist(OwnedModel, TimeStampedModel):
    name = models.CharField(max_length=60)
    instruments = models.ManyToManyField(
        "market_data.Instrument", through="WatchlistItem", related_name="watchlists"
    )

    class Meta(TimeStampedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="watchlist_name_per_owner"),
        ]


class WatchlistItem(models.Model):
    watchlist = models.ForeignKey(Watchlist, on_delete=models.CASCADE, related_name="items")
    instrument = models.ForeignKey(
        "market_data.Instrument", on_delete=models.CASCADE, related_name="watchlist_items"
    )
    position = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["watchlist", "instrument"], name="watchlist_item_once"
            ),
        ]


class AccountStatementReconciliationDiscrepancyInvestigation(AuditedModel):
    """Opened when the ledger and the balance disagree. Its default table name has 64
    characters: PostgreSQL keeps 63, so Django shortens it there, and only there."""

    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="investigations"
    )
    expected = models.DecimalField(max_digits=18, decimal_places=2)
    found = models.DecimalField(max_digits=18, decimal_places=2)
    closed_at = models.DateTimeField(null=True, blank=True)


class Position(models.Model):
    """Holdings at the latest price: a database view made by migration 0003, joining tables of
    portfolio and market_data."""

    holding = models.OneToOneField(
        Holding,
        on_delete=models.DO_NOTHING,
        primary_key=True,
        db_column="holding_id",
        related_name="position",
    )
    account = models.ForeignKey(Account, on_delete=models.DO_NOTHING, related_name="positions")
    instrument = models.ForeignKey(
        "market_data.Instrument", on_delete=models.DO_NOTHING, related_name="positions"
    )
    quantity = models.DecimalField(max_digits=18, decimal_places=4)
    average_price = models.DecimalField(max_digits=18, decimal_places=4)
    last_price = models.DecimalField(max_digits=18, decimal_places=4)

    class Meta:
        managed = False
        db_table = "portfolio_position_view"
        ordering = ["account_id", "instrument_id"]

    @property
    def market_value(self):
        return (self.quantity * self.last_price).quantize(CENT)

    @property
    def unrealized(self):
        return (self.quantity * (self.last_price - self.average_price)).quantize(CENT)

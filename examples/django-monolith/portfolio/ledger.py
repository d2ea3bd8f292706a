"""The only place that changes cash: every change books a movement. Callers hold the lock."""

from decimal import Decimal

from django.contrib.auth import get_user_model
from django.db import transaction

from portfolio.models import Account, CashMovement, Portfolio, PortfolioMember

HOUSE_USERNAME = "house"
HOUSE_NUMBER = "HOUSE-0001"


class InsufficientFunds(Exception):
    """The account's available cash does not cover the amount."""


def lock_accounts(*primary_keys):
    """Locks accounts in the order of their keys, so that two transactions cannot deadlock."""
    rows = Account.objects.select_for_update().filter(pk__in=primary_keys).order_by("pk")
    return {account.pk: account for account in rows}


def book(account, kind, amount, execution=None, memo=""):
    account.cash = account.cash + amount
    account.save(update_fields=["cash", "reserved"])
    return CashMovement.objects.create(
        account=account,
        kind=kind,
        amount=amount,
        balance_after=account.cash,
        execution=execution,
        memo=memo,
    )


def house_account():
    """The other side of every trade. Locked by each fill: the hottest row of the database."""
    account = Account.objects.filter(number=HOUSE_NUMBER).first()
    return account or open_house_account()


@transaction.atomic
def open_house_account():
    user, _ = get_user_model().objects.get_or_create(
        username=HOUSE_USERNAME,
        defaults={"email": "house@trading-platform.example", "is_active": False},
    )
    portfolio, _ = Portfolio.objects.get_or_create(owner=user, name="House")
    account, _ = Account.objects.get_or_create(
        number=HOUSE_NUMBER, defaults={"portfolio": portfolio, "kind": Account.Kind.HOUSE}
    )
    return account


@transaction.atomic
def deposit(account, amount, memo=""):
    locked = lock_accounts(account.pk)[account.pk]
    return book(locked, CashMovement.Kind.DEPOSIT, amount, memo=memo)


@transaction.atomic
def withdraw(account, amount, memo=""):
    locked = lock_accounts(account.pk)[account.pk]
    if locked.available < amount:
        raise InsufficientFunds(f"{locked.available} available, {amount} asked")
    return book(locked, CashMovement.Kind.WITHDRAWAL, -amount, memo=memo)


@transaction.atomic
def transfer(source, target, amount, memo=""):
    locked = lock_accounts(source.pk, target.pk)
    if locked[source.pk].available < amount:
        raise InsufficientFunds(f"{locked[source.pk].available} available, {amount} asked")
    book(locked[source.pk], CashMovement.Kind.TRANSFER, -amount, memo=memo)
    book(locked[target.pk], CashMovement.Kind.TRANSFER, amount, memo=memo)
    return locked[source.pk], locked[target.pk]


def open_portfolio(user, name="Main", currency="USD"):
    """A portfolio with its owner as a member and one empty account."""
    with transaction.atomic():
        portfolio = Portfolio.objects.create(
            owner=user, name=name, base_currency=currency, created_by=user, updated_by=user
        )
        PortfolioMember.objects.create(
            portfolio=portfolio, user=user, role=PortfolioMember.Role.OWNER, invited_by=user
        )
        Account.objects.create(
            portfolio=portfolio,
            number=f"C{portfolio.pk:08}",
            currency=currency,
            cash=Decimal(0),
        )
    return portfolio

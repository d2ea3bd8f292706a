"""Celery tasks of portfolio."""

from decimal import Decimal

from celery import shared_task
from django.db.models import DecimalField, Sum
from django.db.models.functions import Coalesce

from portfolio.models import Account, AccountStatementReconciliationDiscrepancyInvestigation

Investigation = AccountStatementReconciliationDiscrepancyInvestigation


@shared_task
def reconcile_accounts():
    """Compares each balance with its ledger; opens an investigation where they differ."""
    opened = 0
    amount = DecimalField(max_digits=18, decimal_places=2)
    rows = Account.objects.annotate(
        booked=Coalesce(Sum("movements__amount"), Decimal(0), output_field=amount)
    )
    for account in rows.order_by("pk"):
        if account.booked != account.cash:
            _, created = Investigation.objects.get_or_create(
                account=account,
                closed_at=None,
                defaults={"expected": account.booked, "found": account.cash},
            )
            opened += created
    return opened

"""Celery tasks of trading."""

from datetime import timedelta

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from portfolio import ledger
from trading import pricing
from trading.models import OpenOrder, Order
from trading.services import OrderRejected, cancel_order
from trading.settlement import is_marketable, settle

DAY = timedelta(hours=24)


@shared_task
def expire_day_orders(now=None):
    """Closes day orders that are older than a day; returns how many."""
    before = (now or timezone.now()) - DAY
    stale = OpenOrder.objects.filter(
        algoorder__isnull=True, time_in_force=Order.TimeInForce.DAY, placed_at__lt=before
    )
    closed = 0
    for order in stale:
        try:
            cancel_order(order, None, reason="end of day", status=Order.Status.EXPIRED)
            closed += 1
        except OrderRejected:
            continue
    return closed


@shared_task
def match_open_orders(instrument_ids):
    """After new quotes: fills the waiting limit orders whose price has come."""
    filled = 0
    waiting = OpenOrder.objects.filter(
        instrument_id__in=instrument_ids, order_type=Order.Type.LIMIT, algoorder__isnull=True
    )
    for pk in list(waiting.values_list("pk", flat=True)):
        filled += match_one(pk)
    return filled


@transaction.atomic
def match_one(pk):
    found = Order.objects.filter(pk=pk).values_list("account_id", flat=True).first()
    house = ledger.house_account()
    locked = ledger.lock_accounts(found, house.pk)
    order = (
        Order.objects.select_for_update(of=("self",)).select_related("instrument").get(pk=pk)
    )
    quote = pricing.quote_of(order.instrument)
    if not order.is_open or order.instrument.is_halted or not is_marketable(order, quote):
        return 0
    settle(order, locked[order.account_id], locked[house.pk], quote, None)
    return 1

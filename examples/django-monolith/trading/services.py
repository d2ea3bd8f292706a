"""Placing and cancelling orders. One transaction touches orders, cash, holdings and messages."""

from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from notifications.services import notify
from portfolio import ledger
from portfolio.models import Holding
from trading import pricing
from trading.models import AlgoOrder, Order, OrderEvent, RiskLimit
from trading.settlement import is_marketable, settle
from trading.signals import order_closed


class OrderRejected(Exception):
    """The order breaks a rule; the text says which."""


def place_order(user, account, instrument, terms):
    """Checks, reserves, and fills at once if the price allows it.

    `terms`: side, order_type, quantity, limit_price, time_in_force, client_reference.
    """
    house = ledger.house_account()
    with transaction.atomic():
        locked = ledger.lock_accounts(account.pk, house.pk)
        account = locked[account.pk]
        quote = pricing.quote_of(instrument)
        check_terms(user, instrument, terms)
        order = Order(
            account=account,
            instrument=instrument,
            placed_by=user,
            created_by=user,
            updated_by=user,
            **terms,
        )
        reserve(order, quote)
        check_risk(user, order)
        order.save()
        account.save(update_fields=["reserved"])
        record(order, "placed", user)
        if is_marketable(order, quote):
            settle(order, account, locked[house.pk], quote, user)
        else:
            notify(user, "order", f"Order {order.public_id} waits", target=order)
    return order


def check_terms(user, instrument, terms):
    if instrument.is_halted:
        raise OrderRejected(f"{instrument.symbol} is halted")
    if terms["quantity"] % instrument.lot_size:
        raise OrderRejected(f"the quantity must be a multiple of {instrument.lot_size}")
    if terms["order_type"] == Order.Type.LIMIT and terms.get("limit_price") is None:
        raise OrderRejected("a limit order needs a limit price")
    if terms["order_type"] == Order.Type.MARKET and terms.get("limit_price") is not None:
        raise OrderRejected("a market order has no limit price")


def check_risk(user, order):
    """Reads the limits of the user and counts open orders under the account's lock."""
    limit = RiskLimit.objects.filter(user=user).first() or RiskLimit(user=user)
    notional = pricing.gross_amount(
        order.instrument, order.quantity, order.limit_price or order_price(order)
    )
    ceiling = min(Decimal(limit.max_notional), Decimal(settings.ORDER_MAX_NOTIONAL))
    if notional > ceiling:
        raise OrderRejected(f"{notional} exceeds the limit of {ceiling}")
    if Order.objects.open().filter(placed_by=user).count() >= limit.max_open_orders:
        raise OrderRejected("too many open orders")
    if order.instrument.exchange.code in limit.blocked_exchanges:
        raise OrderRejected(f"{order.instrument.exchange.code} is blocked for you")


def order_price(order):
    return pricing.touch_price(pricing.quote_of(order.instrument), order.side)


def reserve(order, quote):
    """Sets cash or shares aside, so that two open orders cannot spend them twice."""
    account = order.account
    if order.side == Order.Side.BUY:
        price = order.limit_price or quote.ask
        gross = pricing.gross_amount(order.instrument, order.quantity, price)
        needed = gross + pricing.fee_on(gross)
        if account.available < needed:
            raise OrderRejected(f"{needed} needed, {account.available} available")
        account.reserved += needed
        order.reserved_cash = needed
        return
    holding = locked_holding(account, order.instrument)
    if holding is None or holding.quantity - holding.reserved < order.quantity:
        raise OrderRejected(f"not enough {order.instrument.symbol} to sell")
    holding.reserved += order.quantity
    holding.save(update_fields=["reserved"])


def locked_holding(account, instrument):
    rows = Holding.objects.select_for_update()
    return rows.filter(account=account, instrument=instrument).first()


@transaction.atomic
def cancel_order(order, actor, reason="", status=Order.Status.CANCELLED):
    """Gives the reservation back. Works on a fresh, locked copy of the order."""
    account = ledger.lock_accounts(order.account_id)[order.account_id]
    order = Order.objects.select_for_update().get(pk=order.pk)
    if not order.is_open:
        raise OrderRejected(f"the order is {order.status} already")
    if AlgoOrder.objects.filter(pk=order.pk).exists():
        reason = reason or "algo stopped"  # its slices reserve, the parent never did
    elif order.side == Order.Side.BUY:
        account.reserved -= order.reserved_cash
        account.save(update_fields=["reserved"])
    else:
        holding = locked_holding(account, order.instrument)
        holding.reserved -= order.quantity
        holding.save(update_fields=["reserved"])
    order.status = status
    order.reserved_cash = 0
    order.closed_at = timezone.now()
    order.updated_by = actor
    order.save()
    record(order, status, actor, reason=reason)
    notify(order.placed_by, "order", f"Order {order.public_id} {status}", reason, order)
    order_closed.send(sender=Order, order=order)
    return order


def amend_order(order, actor, terms):
    """Cancel and replace: the new order is a child of the old one."""
    if AlgoOrder.objects.filter(pk=order.pk).exists():
        raise OrderRejected("an algo order cannot be amended")
    house = ledger.house_account()
    with transaction.atomic():
        ledger.lock_accounts(order.account_id, house.pk)
        old = cancel_order(order, actor, reason="amended")
        merged = {
            "side": old.side,
            "order_type": old.order_type,
            "time_in_force": old.time_in_force,
            "quantity": terms.get("quantity", old.quantity),
            "limit_price": terms.get("limit_price", old.limit_price),
        }
        new = place_order(actor, old.account, old.instrument, merged)
        Order.objects.filter(pk=new.pk).update(parent=old)
        new.parent = old
    return new


def place_algo_order(user, account, instrument, terms, strategy, slices):
    """The parent order waits; `advance` sends its slices one by one."""
    with transaction.atomic():
        algo = AlgoOrder.objects.create(
            account=account,
            instrument=instrument,
            placed_by=user,
            created_by=user,
            updated_by=user,
            strategy=strategy,
            slices=slices,
            status=Order.Status.NEW,
            **terms,
        )
        record(algo, "algo placed", user, strategy=strategy, slices=slices)
    return algo


def advance_algo_order(algo, actor):
    """Sends the next slice as a market order of its own."""
    with transaction.atomic():
        algo = AlgoOrder.objects.select_for_update(of=("self",)).get(pk=algo.pk)
        if not algo.is_open:
            raise OrderRejected(f"the order is {algo.status} already")
        done = algo.slices_done + 1
        terms = {
            "side": algo.side,
            "order_type": Order.Type.MARKET,
            "quantity": (algo.quantity / algo.slices).quantize(Decimal("0.0001")),
        }
        child = place_order(actor, algo.account, algo.instrument, terms)
        Order.objects.filter(pk=child.pk).update(parent_id=algo.pk)
        algo.slices_done = done
        if done == algo.slices:
            algo.status = Order.Status.FILLED
            algo.closed_at = timezone.now()
        algo.save()
        record(algo, "slice", actor, child=str(child.public_id), done=done)
    return algo, child


@transaction.atomic
def cancel_orders(orders, actor, reason):
    """All or nothing. Locks every account first, in one order."""
    orders = list(orders)
    ledger.lock_accounts(*{order.account_id for order in orders})
    for order in orders:
        cancel_order(order, actor, reason=reason)
    return len(orders)


def record(order, kind, actor, **details):
    OrderEvent.objects.create(order_id=order.pk, kind=kind, actor=actor, details=details)

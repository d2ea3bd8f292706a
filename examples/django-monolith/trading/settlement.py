"""Filling an order: execution, cash of both sides, holding, messages, in one transaction."""

from decimal import Decimal

from django.utils import timezone

from notifications.services import notify
from portfolio import ledger
from portfolio.models import CashMovement, Holding
from trading import pricing
from trading.models import Execution, Order, OrderEvent
from trading.signals import order_closed


def is_marketable(order, quote):
    if order.order_type == Order.Type.MARKET:
        return True
    if order.side == Order.Side.BUY:
        return order.limit_price >= quote.ask
    return order.limit_price <= quote.bid


def settle(order, account, house, quote, actor):
    """Both accounts are locked by the caller. What one side pays, the other side gets."""
    price = pricing.touch_price(quote, order.side)
    gross = pricing.gross_amount(order.instrument, order.quantity, price)
    fee = pricing.fee_on(gross)
    execution = Execution.objects.create(
        order=order, price=price, quantity=order.quantity, gross=gross, fee=fee
    )
    buying = order.side == Order.Side.BUY
    account.reserved -= order.reserved_cash
    exchange_cash(account, house, -gross if buying else gross, fee, execution)
    move_shares(order, account, price)
    order.status = Order.Status.FILLED
    order.reserved_cash = 0
    order.closed_at = timezone.now()
    order.updated_by = actor
    order.save()
    OrderEvent.objects.create(
        order_id=order.pk, kind="filled", actor=actor, details={"price": str(price)}
    )
    verb = "bought" if buying else "sold"
    subject = f"{order.quantity.normalize():f} {order.instrument.symbol} {verb} at {price}"
    notify(order.placed_by, "order", subject, target=execution)
    order_closed.send(sender=Order, order=order)
    return execution


def exchange_cash(account, house, amount, fee, execution):
    trade, fees = CashMovement.Kind.TRADE, CashMovement.Kind.FEE
    ledger.book(account, trade, amount, execution)
    ledger.book(house, trade, -amount, execution)
    ledger.book(account, fees, -fee, execution)
    ledger.book(house, fees, fee, execution)


def move_shares(order, account, price):
    """The house is long and short at will, so only the customer's side is kept."""
    holding, _ = Holding.objects.select_for_update().get_or_create(
        account=account, instrument=order.instrument
    )
    if order.side == Order.Side.BUY:
        cost = holding.quantity * holding.average_price + order.quantity * price
        holding.quantity += order.quantity
        holding.average_price = (cost / holding.quantity).quantize(Decimal("0.0001"))
    else:
        holding.quantity -= order.quantity
        holding.reserved -= order.quantity
    holding.save()
    return holding

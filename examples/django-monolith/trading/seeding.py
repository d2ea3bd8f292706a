"""Seeds orders with their executions, and books them on cash and holdings by the same
arithmetic as settlement does, but in bulk and at times in the past."""

from datetime import timedelta
from decimal import Decimal

from core.seeding import BATCH_ROWS, CLOCK, money
from portfolio.models import Account, CashMovement, Holding
from trading import pricing
from trading.models import AlgoOrder, Execution, Order, OrderEvent, RiskLimit

ORDERS_PER_ACCOUNT = 20
LARGEST_SHARE = Decimal("0.08")
FILLED, OPEN, CANCELLED = "filled", "new", "cancelled"


def seed(plan):
    rng = plan.chance("trading")
    tradable = [row for row in plan.made["instruments"] if row.kind in {"equity", "fund"}]
    tradable = [row for row in tradable if not row.is_halted]
    rates = {row.currency: pricing.conversion_rate(row.currency) for row in tradable}
    desk = Desk(plan, rng, tradable, rates)
    for account in plan.made["accounts"]:
        owner = account.portfolio.owner
        for number in range(ORDERS_PER_ACCOUNT):
            desk.trade(account, owner, number)
    desk.store()
    seed_limits(rng, plan.made["users"])
    seed_algo_orders(rng, plan, tradable)


class Desk:
    """Collects the rows of all trades in the order of their making."""

    def __init__(self, plan, rng, instruments, rates):
        self.plan, self.rng, self.instruments, self.rates = plan, rng, instruments, rates
        self.house = plan.made["house"]
        self.orders, self.executions, self.events = [], [], []
        self.movements, self.holdings = [], {}

    def trade(self, account, owner, number):
        instrument = self.rng.choice(self.instruments)
        price = money(
            self.plan.made["prices"][instrument.pk] * self.rng.randrange(900, 1100) / 1000, 4
        )
        at = CLOCK - timedelta(
            days=ORDERS_PER_ACCOUNT - number, minutes=self.rng.randrange(600)
        )
        holding = self.holdings.get((account.pk, instrument.pk))
        if holding is not None and holding.quantity >= 2 and self.rng.random() < 0.5:
            self.fill(
                self.order(
                    account,
                    owner,
                    instrument,
                    "sell",
                    FILLED,
                    at,
                    Decimal(int(holding.quantity / 2)),
                ),
                price,
                at,
            )
            return
        rate = self.rates[instrument.currency]
        quantity = Decimal(int(account.available * LARGEST_SHARE / (price * rate)))
        if quantity < 1:
            return
        drawn = self.rng.random()
        if drawn < 0.75:
            self.fill(
                self.order(account, owner, instrument, "buy", FILLED, at, quantity), price, at
            )
        elif drawn < 0.9:
            self.order(account, owner, instrument, "buy", CANCELLED, at, quantity, price)
        else:
            self.wait(
                self.order(
                    account,
                    owner,
                    instrument,
                    "buy",
                    OPEN,
                    CLOCK,
                    quantity,
                    money(price / 2, 4),
                )
            )

    def order(self, account, owner, instrument, side, status, at, quantity, limit=None):
        order = Order(
            account=account,
            instrument=instrument,
            placed_by=owner,
            created_by=owner,
            updated_by=owner,
            side=side,
            status=status,
            quantity=quantity,
            limit_price=limit,
            order_type="limit" if limit is not None else "market",
            placed_at=at,
            time_in_force="gtc" if status == OPEN else "day",
            closed_at=None if status == OPEN else at + timedelta(minutes=1),
            public_id=self.plan.uuid(f"order:{len(self.orders)}"),
            created_at=at,
            updated_at=at,
        )
        self.orders.append(order)
        self.events.append(OrderEvent(order=order, kind="placed", actor=owner, happened_at=at))
        if status != OPEN:
            self.events.append(
                OrderEvent(
                    order=order, kind=status, actor=owner, happened_at=at + timedelta(minutes=1)
                )
            )
        return order

    def wait(self, order):
        gross = money(
            order.quantity * order.limit_price * self.rates[order.instrument.currency]
        )
        order.reserved_cash = gross + pricing.fee_on(gross)
        order.account.reserved += order.reserved_cash

    def fill(self, order, price, at):
        gross = pricing.cents(order.quantity * price * self.rates[order.instrument.currency])
        fee = pricing.fee_on(gross)
        execution = Execution(
            order=order,
            price=price,
            quantity=order.quantity,
            gross=gross,
            fee=fee,
            executed_at=at,
            public_id=self.plan.uuid(f"execution:{len(self.executions)}"),
        )
        self.executions.append(execution)
        amount = -gross if order.side == "buy" else gross
        for account, kind, value in [
            (order.account, "trade", amount),
            (self.house, "trade", -amount),
            (order.account, "fee", -fee),
            (self.house, "fee", fee),
        ]:
            account.cash += value
            self.movements.append(
                CashMovement(
                    account=account,
                    kind=kind,
                    amount=value,
                    booked_at=at,
                    balance_after=account.cash,
                    execution=execution,
                )
            )
        self.move(order, price)

    def move(self, order, price):
        key = (order.account.pk, order.instrument.pk)
        holding = self.holdings.setdefault(
            key,
            Holding(
                account=order.account,
                instrument=order.instrument,
                quantity=Decimal(0),
                average_price=Decimal(0),
                created_at=CLOCK,
                updated_at=CLOCK,
            ),
        )
        if order.side == "buy":
            cost = holding.quantity * holding.average_price + order.quantity * price
            holding.quantity += order.quantity
            holding.average_price = money(cost / holding.quantity, 4)
        else:
            holding.quantity -= order.quantity

    def store(self):
        Order.objects.bulk_create(self.orders, batch_size=BATCH_ROWS)
        Execution.objects.bulk_create(self.executions, batch_size=BATCH_ROWS)
        OrderEvent.objects.bulk_create(self.events, batch_size=BATCH_ROWS)
        CashMovement.objects.bulk_create(self.movements, batch_size=BATCH_ROWS)
        Holding.objects.bulk_create(self.holdings.values(), batch_size=BATCH_ROWS)
        accounts = [self.house, *self.plan.made["accounts"]]
        Account.objects.bulk_update(accounts, ["cash", "reserved"], batch_size=200)
        self.plan.made["orders"] = self.orders
        self.plan.made["executions"] = self.executions


def seed_limits(rng, users):
    RiskLimit.objects.bulk_create(
        [
            RiskLimit(
                user=user,
                max_notional=Decimal(rng.choice([25000, 50000, 100000])),
                blocked_exchanges=["XFRA"] if rng.random() < 0.1 else [],
            )
            for user in users[::2]
        ],
        batch_size=BATCH_ROWS,
    )


def seed_algo_orders(rng, plan, instruments):
    """One by one through save: bulk_create refuses models with a parent table."""
    for number, account in enumerate(plan.made["accounts"][:6]):
        owner = account.portfolio.owner
        AlgoOrder.objects.create(
            account=account,
            instrument=rng.choice(instruments),
            placed_by=owner,
            created_by=owner,
            updated_by=owner,
            side="buy",
            order_type="market",
            quantity=Decimal(8),
            status=OPEN,
            time_in_force="gtc",
            placed_at=CLOCK,
            public_id=plan.uuid(f"algo:{number}"),
            created_at=CLOCK,
            updated_at=CLOCK,
            strategy=rng.choice(AlgoOrder.Strategy.values),
            slices=4,
        )

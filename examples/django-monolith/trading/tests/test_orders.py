"""Orders: money, shares and messages move together or not at all."""

from decimal import Decimal
from unittest import mock

from django.db.models import Sum
from rest_framework.throttling import SimpleRateThrottle

from core.testing import SeededTestCase, api_client, main_account, total_cash
from market_data.models import Quote
from notifications.models import Notification
from portfolio.models import CashMovement, Holding
from portfolio.ledger import house_account
from trading.models import Execution, Order, OrderEvent, RiskLimit

ORDERS = "/api/trading/orders/"


class OrderTestCase(SeededTestCase):
    def setUp(self):
        super().setUp()
        RiskLimit.objects.update_or_create(user=self.ada, defaults={"max_notional": 20000})

    def terms(self, **changes):
        return {
            "account": self.account.number,
            "symbol": "KO",
            "side": "buy",
            "order_type": "market",
            "quantity": "3",
            **changes,
        }

    def place(self, expected=201, **changes):
        answer = self.api.post(ORDERS, self.terms(**changes), format="json")
        self.assertEqual(answer.status_code, expected, answer.content)
        return answer.json()

    def holding(self, symbol="KO"):
        rows = Holding.objects.filter(account=self.account, instrument__symbol=symbol)
        return rows.aggregate(total=Sum("quantity"))["total"] or Decimal(0)


class FillTest(OrderTestCase):
    def test_a_market_order_moves_cash_shares_and_messages(self):
        total, house = total_cash(), house_account().cash
        shares, cash = self.holding(), self.account.cash
        order = self.place()
        self.assertEqual(order["status"], "filled")
        execution = Execution.objects.get(order__public_id=order["public_id"])
        quote = Quote.objects.get(instrument__symbol="KO")
        self.assertEqual(execution.price, quote.ask)
        self.assertEqual(execution.fee, Decimal("1.00"))
        self.account.refresh_from_db()
        paid = execution.gross + execution.fee
        self.assertEqual(self.account.cash, cash - paid)
        self.assertEqual(house_account().cash, house + paid)
        self.assertEqual(self.holding(), shares + 3)
        self.assert_money_is_conserved(total)
        self.assertEqual(CashMovement.objects.filter(execution=execution).count(), 4)
        message = Notification.objects.first()
        self.assertEqual(message.target, execution)
        self.assertTrue(message.subject.startswith("3 KO bought"))

    def test_selling_gives_the_cash_back_less_fees(self):
        total = total_cash()
        self.place()
        shares = self.holding()
        sold = self.place(side="sell", quantity="2")
        self.assertEqual(sold["status"], "filled")
        self.assertEqual(self.holding(), shares - 2)
        self.assert_money_is_conserved(total)

    def test_other_currencies_are_converted(self):
        order = self.place(symbol="AZN", quantity="1")
        rate = Quote.objects.get(instrument__symbol="GBPUSD").last
        execution = Execution.objects.get(order__public_id=order["public_id"])
        self.assertEqual(execution.gross, (execution.price * rate).quantize(Decimal("0.01")))

    def test_nothing_happens_when_the_last_step_fails(self):
        before = (
            total_cash(),
            Order.objects.count(),
            self.holding(),
            OrderEvent.objects.count(),
        )
        with mock.patch("trading.settlement.notify", side_effect=RuntimeError("down")):
            with self.assertRaises(RuntimeError):
                self.place()
        after = (
            total_cash(),
            Order.objects.count(),
            self.holding(),
            OrderEvent.objects.count(),
        )
        self.assertEqual(before, after)
        self.assert_ledger_agrees()

    def test_the_owner_hears_of_a_guests_order(self):
        portfolio = self.account.portfolio
        portfolio.memberships.update_or_create(user=self.alan, defaults={"role": "trader"})
        RiskLimit.objects.update_or_create(user=self.alan, defaults={"max_notional": 20000})
        answer = api_client(self.alan).post(ORDERS, self.terms(), format="json")
        self.assertEqual(answer.status_code, 201)
        subjects = self.ada.notifications.values_list("subject", flat=True)[:3]
        self.assertIn("alan: order filled", list(subjects))


class RefusalTest(OrderTestCase):
    def refused(self, text, **changes):
        before = Order.objects.count()
        answer = self.place(expected=409, **changes)
        self.assertIn(text, str(answer))
        self.assertEqual(Order.objects.count(), before)
        self.assert_ledger_agrees()

    def test_rules(self):
        self.refused("halted", symbol="GILD")
        self.refused("multiple of 1000", symbol="EURUSD", quantity="1500")
        self.refused("needs a limit price", order_type="limit")
        self.refused("not enough XOM", symbol="XOM", side="sell", quantity="100000")
        limits = RiskLimit.objects.filter(user=self.ada)
        limits.update(blocked_exchanges=["XNYS"])
        self.refused("XNYS is blocked")
        limits.update(max_notional=100)
        self.refused("exceeds the limit of 100")
        limits.update(max_notional=20000, blocked_exchanges=[], max_open_orders=0)
        self.refused("too many open orders")

    def test_money_that_is_not_there(self):
        RiskLimit.objects.filter(user=self.ada).update(max_notional=250000)
        self.account.refresh_from_db()
        quantity = int(self.account.available / 60) + 100
        self.refused("needed", quantity=str(quantity))

    def test_malformed(self):
        for changes in [{"quantity": "0"}, {"side": "hold"}, {"symbol": "NOPE"}]:
            self.place(expected=400, **changes)

    def test_other_peoples_accounts_and_viewers(self):
        stranger = api_client(self.alan)
        mine = main_account(self.ada)
        mine.portfolio.memberships.filter(user=self.alan).delete()
        answer = stranger.post(ORDERS, self.terms(), format="json")
        self.assertEqual(answer.status_code, 403)
        order = self.ada.orders.first()
        self.assertEqual(stranger.get(f"{ORDERS}{order.public_id}/").status_code, 404)
        not_a_trader = api_client(self.hedy).post(ORDERS, self.terms(), format="json")
        self.assertIn("not enabled", not_a_trader.json()["detail"])
        self.assertEqual(api_client().get(ORDERS).status_code, 401)

    def test_writes_are_throttled_and_reads_are_not(self):
        with mock.patch.object(SimpleRateThrottle, "THROTTLE_RATES", {"orders": "2/min"}):
            codes = [
                self.api.post(ORDERS, self.terms(), format="json").status_code for _ in range(3)
            ]
            self.assertEqual(codes, [201, 201, 429])
            self.assertEqual(self.api.get(ORDERS).status_code, 200)


class WaitingTest(OrderTestCase):
    def waiting(self, **changes):
        terms = {"order_type": "limit", "limit_price": "10.00", "time_in_force": "gtc"}
        return self.place(**{**terms, **changes})

    def test_a_reservation_is_made_and_given_back(self):
        before = self.account.reserved
        order = self.waiting()
        self.assertEqual((order["status"], order["reserved_cash"]), ("new", "31.00"))
        self.account.refresh_from_db()
        self.assertEqual(self.account.reserved, before + 31)
        answer = self.api.post(f"{ORDERS}{order['public_id']}/cancel/")
        self.assertEqual(answer.json()["status"], "cancelled")
        self.account.refresh_from_db()
        self.assertEqual(self.account.reserved, before)
        again = self.api.post(f"{ORDERS}{order['public_id']}/cancel/")
        self.assertEqual(again.status_code, 409)

    def test_a_client_reference_is_placed_once(self):
        first = self.waiting(client_reference="abc")
        second = self.waiting(client_reference="abc", expected=200)
        self.assertEqual(first["public_id"], second["public_id"])

    def test_amending_replaces_the_order(self):
        total = total_cash()
        old = self.waiting()
        answer = self.api.post(
            f"{ORDERS}{old['public_id']}/amend/", {"limit_price": "200.00"}, format="json"
        )
        new = answer.json()
        self.assertEqual((new["parent"], new["status"]), (old["public_id"], "filled"))
        detail = self.api.get(f"{ORDERS}{old['public_id']}/").json()
        self.assertEqual([event["kind"] for event in detail["events"]], ["placed", "cancelled"])
        self.assert_money_is_conserved(total)

    def test_a_new_quote_fills_it_after_the_commit(self):
        total, order = total_cash(), self.waiting()
        quotes = [{"symbol": "KO", "bid": "8", "ask": "9", "last": "9", "volume": 1}]
        staff = api_client(self.grace)
        with self.captureOnCommitCallbacks(execute=True):
            staff.post("/api/market-data/quotes/ingest/", quotes, format="json")
            self.assertTrue(Order.objects.get(public_id=order["public_id"]).is_open)
        detail = self.api.get(f"{ORDERS}{order['public_id']}/").json()
        self.assertEqual(detail["status"], "filled")
        self.assertEqual(detail["executions"][0]["price"], "9.0000")
        self.assert_money_is_conserved(total)

    def test_cancel_all(self):
        self.waiting()
        self.waiting()
        answer = self.api.post(f"{ORDERS}cancel-all/")
        self.assertGreaterEqual(answer.json()["cancelled"], 2)
        self.assertFalse(Order.objects.open().filter(placed_by=self.ada).exists())

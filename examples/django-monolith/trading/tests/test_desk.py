"""The rest of trading: tasks, algo orders, raw SQL, HTML pages, concurrency."""

import threading
from datetime import timedelta
from decimal import Decimal
from io import StringIO

from django.core.management import call_command
from django.db import connection
from django.db.models import Sum
from django.test import TransactionTestCase, skipUnlessDBFeature
from django.utils import timezone

from authentication.models import User
from core.testing import SeededTestCase, api_client, main_account, seed, total_cash
from market_data.models import Instrument
from portfolio.models import Account, Holding
from trading.models import AlgoOrder, Execution, OpenOrder, Order, RiskLimit
from trading.services import place_order
from trading.tasks import expire_day_orders


class TasksTest(SeededTestCase):
    def test_day_orders_expire_and_others_stay(self):
        day = OpenOrder.objects.filter(algoorder=None).first()
        Order.objects.filter(pk=day.pk).update(
            time_in_force="day", placed_at=timezone.now() - timedelta(days=2)
        )
        reserved = day.account.reserved
        self.assertEqual(expire_day_orders(), 1)
        day = Order.objects.get(pk=day.pk)
        self.assertEqual(day.status, "expired")
        self.assertLess(day.account.reserved, reserved)
        out = StringIO()
        call_command("expire_orders", stdout=out)
        self.assertEqual(out.getvalue(), "expired 0\n")

    def test_the_proxy_shows_open_orders_of_the_same_table(self):
        self.assertEqual(OpenOrder._meta.db_table, "trading_order")
        self.assertEqual(OpenOrder.objects.count(), Order.objects.filter(status="new").count())


class AlgoTest(SeededTestCase):
    def test_slices_are_orders_of_their_own(self):
        total = total_cash()
        terms = {
            "account": self.account.number,
            "symbol": "PFE",
            "side": "buy",
            "quantity": "4",
            "strategy": "twap",
            "slices": 2,
        }
        path = "/api/trading/algo-orders/"
        algo = self.api.post(path, terms, format="json").json()
        self.assertEqual((algo["strategy"], algo["status"]), ("twap", "new"))
        step = f"{path}{algo['public_id']}/advance/"
        first = self.api.post(step).json()
        self.assertEqual(first["child"]["quantity"], "2.0000")
        self.assertEqual(self.api.post(step).json()["algo"]["status"], "filled")
        self.assertEqual(self.api.post(step).status_code, 409)
        parent = AlgoOrder.objects.get(public_id=algo["public_id"])
        self.assertEqual(parent.children.count(), 2)
        self.assertEqual(total_cash(), total)

    def test_stopping_one_gives_nothing_back(self):
        algo = AlgoOrder.objects.filter(placed_by=self.ada).first()
        before = Account.objects.get(pk=algo.account_id).reserved
        answer = self.api.post(f"/api/trading/orders/{algo.public_id}/cancel/")
        self.assertEqual(answer.json()["status"], "cancelled")
        self.assertEqual(Account.objects.get(pk=algo.account_id).reserved, before)


class RawSqlTest(SeededTestCase):
    def test_the_blotter_agrees_with_the_orm(self):
        self.assertEqual(self.api.get("/api/trading/blotter/").status_code, 403)
        rows = api_client(self.hedy).get("/api/trading/blotter/").json()["orders"]
        newest = list(Order.objects.order_by("-id").with_names()[:200])
        self.assertEqual([row["public_id"] for row in rows], [o.public_id.hex for o in newest])
        for row, order in zip(rows, newest):
            gross = order.executions.aggregate(total=Sum("gross"))["total"] or Decimal(0)
            self.assertEqual(Decimal(row["gross"]), gross)
            self.assertEqual(row["username"], order.placed_by.username)

    def test_turnover_covers_every_exchange(self):
        rows = api_client(self.grace).get("/api/trading/turnover/").json()["exchanges"]
        self.assertEqual([row["exchange"] for row in rows], ["XFRA", "XLON", "XNAS", "XNYS"])
        total = Execution.objects.aggregate(total=Sum("gross"))["total"]
        self.assertEqual(sum(Decimal(row["gross"]) for row in rows), total)

    def test_daily_fills_and_executions(self):
        days = self.api.get("/api/trading/daily-fills/").json()
        mine = Execution.objects.filter(order__placed_by=self.ada)
        self.assertEqual(sum(row["fills"] for row in days), mine.count())
        self.assertEqual([row["day"] for row in days], sorted(row["day"] for row in days))
        page = self.api.get("/api/trading/executions/?page_size=3").json()
        self.assertEqual(len(page["results"]), min(3, page["count"]))

    def test_limits_are_made_when_first_read(self):
        RiskLimit.objects.filter(user=self.ada).delete()
        limits = self.api.get("/api/trading/limits/").json()
        self.assertEqual((limits["user"], limits["max_notional"]), ("ada", "50000.00"))
        self.assertTrue(RiskLimit.objects.filter(user=self.ada).exists())


class PagesTest(SeededTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.ada)

    def test_ticket_and_cancel(self):
        fields = {
            "account": self.account.number,
            "instrument": "KO",
            "side": "buy",
            "order_type": "limit",
            "quantity": "1",
            "limit_price": "2.00",
        }
        answer = self.client.post("/trading/orders/new/", fields, follow=True)
        self.assertContains(answer, "Cancel the order")
        order = Order.objects.filter(placed_by=self.ada).latest("id")
        self.client.post(f"/trading/orders/{order.public_id}/cancel/")
        order.refresh_from_db()
        self.assertEqual(order.status, "cancelled")
        self.assertEqual(
            self.client.get(f"/trading/orders/{order.public_id}/cancel/").status_code, 405
        )

    def test_a_refused_ticket_says_why(self):
        fields = {
            "account": self.account.number,
            "instrument": "KO",
            "side": "sell",
            "order_type": "market",
            "quantity": "99999",
        }
        answer = self.client.post("/trading/orders/new/", fields)
        self.assertContains(answer, "not enough KO to sell")

    def test_export(self):
        lines = self.client.get("/trading/orders/export.csv").content.decode().splitlines()
        self.assertEqual(lines[0], "placed_at,symbol,side,quantity,status")
        self.assertEqual(len(lines) - 1, Order.objects.visible_to(self.ada).count())


class ConcurrencyTest(TransactionTestCase):
    """Only a database with row locks can show it; SQLite lets one writer in at a time."""

    reset_sequences = True
    threads, orders_each = 4, 5

    @skipUnlessDBFeature("has_select_for_update")
    def test_parallel_orders_lose_no_cent(self):
        seed("--flush")
        ada = User.objects.get(username="ada")
        account, total = main_account(ada), total_cash()
        instrument = Instrument.objects.select_related("exchange").get(symbol="PFE")
        RiskLimit.objects.update_or_create(user=ada, defaults={"max_notional": 50000})
        before = self.shares(account, instrument)
        problems = []

        def buy():
            try:
                for _ in range(self.orders_each):
                    terms = {"side": "buy", "order_type": "market", "quantity": Decimal(1)}
                    place_order(ada, account, instrument, terms)
            except Exception as problem:
                problems.append(problem)
            finally:
                connection.close()

        workers = [threading.Thread(target=buy) for _ in range(self.threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        self.assertEqual(problems, [])
        bought = self.threads * self.orders_each
        self.assertEqual(self.shares(account, instrument), before + bought)
        self.assertEqual(total_cash(), total)
        for row in Account.objects.annotate(booked=Sum("movements__amount")):
            self.assertEqual(row.cash, row.booked)

    def shares(self, account, instrument):
        rows = Holding.objects.filter(account=account, instrument=instrument)
        return rows.aggregate(total=Sum("quantity"))["total"] or Decimal(0)

"""Cash, portfolios, the database view, raw SQL and watchlists."""

from decimal import Decimal

from django.template import Context, Template

from authentication.models import User
from core.testing import SeededTestCase, api_client, main_account, total_cash
from portfolio.ledger import open_portfolio
from portfolio.models import (
    AccountStatementReconciliationDiscrepancyInvestigation,
    Holding,
    Portfolio,
    Position,
    Watchlist,
)
from portfolio.tasks import reconcile_accounts

BASE = "/api/portfolio"


class CashTest(SeededTestCase):
    def change(self, kind, amount, expected=201):
        path = f"{BASE}/accounts/{self.account.number}/{kind}/"
        answer = self.api.post(path, {"amount": amount, "memo": "test"}, format="json")
        self.assertEqual(answer.status_code, expected, answer.content)
        return answer.json()

    def test_deposit_and_withdraw(self):
        before = self.account.cash
        row = self.change("deposit", "10.50")
        self.assertEqual(Decimal(row["balance_after"]), before + Decimal("10.50"))
        self.assertEqual(self.change("withdraw", "0.50")["amount"], "-0.50")
        self.assertIn("available", str(self.change("withdraw", "99999999.00", 400)))
        self.change("deposit", "-1.00", expected=400)
        self.change("deposit", "0.001", expected=400)
        self.assert_ledger_agrees()
        page = self.api.get(f"{BASE}/accounts/{self.account.number}/statement/").json()
        self.assertEqual([row["amount"] for row in page["results"][:2]], ["-0.50", "10.50"])

    def test_reserved_cash_cannot_leave(self):
        self.assertGreater(self.account.reserved, 0)
        too_much = self.account.available + Decimal("0.01")
        self.change("withdraw", str(too_much), expected=400)
        self.change("withdraw", str(self.account.available))

    def test_transfer_moves_and_tells(self):
        total, target = total_cash(), main_account(self.alan)
        body = {"source": self.account.number, "target": target.number, "amount": "5.00"}
        answer = self.api.post(f"{BASE}/transfers/", body, format="json")
        self.assertEqual(answer.status_code, 200)
        self.assert_money_is_conserved(total)
        self.assertEqual(self.alan.notifications.first().subject, "5.00 received")
        body["target"] = self.account.number
        self.assertEqual(self.api.post(f"{BASE}/transfers/", body).status_code, 400)
        body |= {"source": target.number}
        target.portfolio.memberships.filter(user=self.ada).delete()
        self.assertEqual(self.api.post(f"{BASE}/transfers/", body).status_code, 403)

    def test_the_form_books_too(self):
        self.client.force_login(self.ada)
        path = f"/portfolio/accounts/{self.account.number}/cash/"
        fields = {"direction": "deposit", "amount": "7.00", "memo": "form"}
        answer = self.client.post(path, fields)
        self.assertRedirects(answer, f"/portfolio/accounts/{self.account.number}/")
        self.assertEqual(self.account.movements.first().memo, "form")
        broke = self.client.post(path, {"direction": "withdraw", "amount": "99999999"})
        self.assertContains(broke, "available")

    def test_reconciliation_finds_a_doctored_balance(self):
        self.assertEqual(reconcile_accounts(), 0)
        self.account.cash += 1
        self.account.save(update_fields=["cash"])
        self.assertEqual([reconcile_accounts(), reconcile_accounts()], [1, 0])
        found = AccountStatementReconciliationDiscrepancyInvestigation.objects.get()
        self.assertEqual(found.found - found.expected, 1)


class PortfolioTest(SeededTestCase):
    def test_members_are_invited_by_the_owner(self):
        portfolio = self.account.portfolio
        guest = User.objects.get(username="margaret")
        path = f"{BASE}/portfolios/{portfolio.public_id}/members/"
        body = {"user": "margaret", "role": "viewer"}
        self.assertEqual(self.api.post(path, body, format="json").status_code, 201)
        theirs = api_client(guest)
        self.assertEqual(theirs.get(path).status_code, 200)
        self.assertEqual(theirs.post(path, body, format="json").status_code, 403)
        self.assertEqual(guest.notifications.first().target, portfolio)
        deposit = f"{BASE}/accounts/{self.account.number}/deposit/"
        self.assertEqual(theirs.post(deposit, {"amount": "1.00"}).status_code, 403)
        portfolio.memberships.get(user=guest).delete()
        self.assertFalse(guest.notifications.filter(object_id=portfolio.pk).exists())

    def test_open_rename_close(self):
        body = {"name": "Side", "base_currency": "EUR"}
        made = self.api.post(f"{BASE}/portfolios/", body, format="json").json()
        self.assertEqual(made["accounts"][0]["currency"], "EUR")
        self.assertEqual(made["memberships"][0]["role"], "owner")
        path = f"{BASE}/portfolios/{made['public_id']}/"
        renamed = self.api.patch(path, {"name": "Other"}, format="json").json()
        self.assertEqual(renamed["name"], "Other")
        self.assertEqual(self.api.delete(path).status_code, 204)
        self.assertEqual(self.api.get(path).status_code, 404)
        self.assertTrue(Portfolio.everything.filter(public_id=made["public_id"]).exists())

    def test_a_portfolio_with_cash_stays_open(self):
        path = f"{BASE}/portfolios/{self.account.portfolio.public_id}/"
        self.assertIn("cash", self.api.delete(path).json()["detail"])

    def test_the_view_agrees_with_its_tables(self):
        rows = self.api.get(f"{BASE}/positions/?page_size=200").json()["results"]
        visible = Portfolio.objects.visible_to(self.ada)
        holdings = Holding.objects.filter(account__portfolio__in=visible, quantity__gt=0)
        self.assertEqual(len(rows), holdings.count())
        by_key = {(row["account"], row["symbol"]): row for row in rows}
        for holding in holdings.select_related("account", "instrument__quote"):
            row = by_key[(holding.account.number, holding.instrument.symbol)]
            value = holding.quantity * holding.instrument.quote.last
            self.assertEqual(Decimal(row["market_value"]), value.quantize(Decimal("0.01")))
        self.assertEqual(Position.objects.model._meta.db_table, "portfolio_position_view")

    def test_net_worth_by_raw_sql(self):
        rows = self.api.get(f"{BASE}/net-worth/").json()["portfolios"]
        main = next(row for row in rows if row["cash"] == str(self.account.cash))
        positions = Position.objects.filter(account=self.account)
        invested = sum(p.quantity * p.last_price for p in positions)
        self.assertEqual(Decimal(main["invested"]), invested.quantize(Decimal("0.01")))

    def test_performance_and_holders(self):
        portfolio = self.account.portfolio
        found = self.api.get(f"{BASE}/portfolios/{portfolio.public_id}/performance/").json()
        months = found["accounts"][self.account.number]
        booked = self.account.movements.exclude(execution=None)
        self.assertEqual(
            sum(Decimal(row["net"]) for row in months), sum(m.amount for m in booked)
        )
        path = f"{BASE}/holders/AAPL/"
        self.assertEqual(self.api.get(path).status_code, 403)
        holders = api_client(self.grace).get(path).json()["holders"]
        amounts = [Decimal(row["quantity"]) for row in holders]
        self.assertEqual(amounts, sorted(amounts, reverse=True))

    def test_open_portfolio_numbers_are_unique(self):
        numbers = {open_portfolio(self.ada, f"P{n}").accounts.get().number for n in range(3)}
        self.assertEqual(len(numbers), 3)


class WatchlistTest(SeededTestCase):
    def test_nested_items_are_replaced(self):
        body = {"name": "Mine", "items": [{"symbol": "AAPL"}, {"symbol": "KO", "note": "x"}]}
        made = self.api.post(f"{BASE}/watchlists/", body, format="json").json()
        self.assertEqual([item["symbol"] for item in made["items"]], ["AAPL", "KO"])
        self.assertEqual(made["items"][0]["instrument"]["exchange"], "XNAS")
        path = f"{BASE}/watchlists/{made['id']}/"
        body["items"] = [{"symbol": "SPY"}]
        self.api.put(path, body, format="json")
        self.assertEqual(Watchlist.objects.get(pk=made["id"]).items.count(), 1)
        body["items"] = [{"symbol": "SPY"}, {"symbol": "SPY"}]
        self.assertEqual(self.api.put(path, body, format="json").status_code, 400)
        self.assertEqual(Watchlist.objects.get(pk=made["id"]).items.count(), 1)
        self.assertEqual(
            self.api.post(f"{BASE}/watchlists/", body, format="json").status_code, 400
        )

    def test_single_items(self):
        watchlist = Watchlist.objects.create(owner=self.ada, name="One")
        path = f"{BASE}/watchlists/{watchlist.pk}/items/"
        self.assertEqual(self.api.post(path, {"symbol": "KO"}).status_code, 201)
        self.assertEqual(self.api.post(path, {"symbol": "KO"}).status_code, 400)
        self.assertEqual(self.api.delete(path + "KO/").status_code, 204)
        self.assertEqual(self.api.delete(path + "KO/").status_code, 404)
        self.assertEqual(api_client(self.alan).post(path, {"symbol": "KO"}).status_code, 404)

    def test_pages(self):
        self.client.force_login(self.ada)
        self.client.post("/portfolio/watchlists/new/", {"name": "Paged"})
        made = Watchlist.objects.get(owner=self.ada, name="Paged")
        again = self.client.post("/portfolio/watchlists/new/", {"name": "Paged"})
        self.assertContains(again, "You have a watchlist of this name.")
        self.client.post(f"/portfolio/watchlists/{made.pk}/delete/")
        self.assertFalse(Watchlist.objects.filter(pk=made.pk).exists())

    def test_template_tags(self):
        page = Template(
            '{% load money %}{{ v|money:"EUR" }} {{ v|signed }} {% last_price "SPY" %}'
        )
        text = page.render(Context({"v": Decimal("1234.5")}))
        self.assertEqual(text, "1,234.50 EUR +1,234.50 544.2000")

"""The market data API: its JSON is a contract with other programs."""

from decimal import Decimal

from core.testing import SeededTestCase, api_client
from market_data.models import Candle, Quote
from market_data.tasks import drop_old_candles

BASE = "/api/market-data"


class ReadingTest(SeededTestCase):
    def get(self, path, expected=200):
        answer = self.client.get(BASE + path)
        self.assertEqual(answer.status_code, expected, answer.content)
        return answer.json()

    def test_list_filters_searches_and_orders(self):
        self.assertEqual(self.get("/instruments/")["count"], 38)
        self.assertEqual(self.get("/instruments/?kind=bond")["count"], 4)
        found = self.get("/instruments/?search=apple")
        self.assertEqual([row["symbol"] for row in found["results"]], ["AAPL"])
        page = self.get("/instruments/?ordering=kind&page_size=100")["results"]
        keys = [(row["kind"], row["symbol"]) for row in page]
        self.assertEqual(keys, sorted(keys))
        self.get("/instruments/?kind=cheese", expected=400)
        self.assertEqual(
            self.get("/instruments/?page=99", expected=404), {"detail": "Invalid page."}
        )

    def test_detail_spells_out_relations_and_child_table(self):
        row = self.get("/instruments/AAPL/")
        self.assertEqual(
            list(row),
            [
                "url",
                "symbol",
                "name",
                "kind",
                "exchange",
                "sector",
                "tags",
                "currency",
                "tick_size",
                "lot_size",
                "is_halted",
                "listed_on",
                "details",
                "quote",
                "updated_at",
            ],
        )
        self.assertEqual(row["exchange"]["opens_at"], "09:30:00")
        self.assertEqual(row["details"]["isin"][:2], "US")
        self.assertEqual(row["updated_at"], "2025-06-30T20:00:00Z")
        self.assertEqual(self.get("/instruments/QQQ/")["details"]["benchmark"], "SPY")
        self.assertEqual(self.get("/instruments/US10Y/")["details"]["coupon_rate"], "0.0425")
        self.assertIsNone(self.get("/instruments/EURUSD/")["details"])

    def test_quote_has_decimals_as_strings_that_add_up(self):
        row = self.get("/instruments/MSFT/quote/")
        bid, ask = Decimal(row["bid"]), Decimal(row["ask"])
        self.assertEqual(Decimal(row["spread"]), ask - bid)
        self.assertEqual(row["last"], "431.4000")
        self.assertEqual(Decimal(row["mid"]), ((bid + ask) / 2).quantize(Decimal("0.0001")))

    def test_quotes_batch_keeps_the_order_asked_for(self):
        found = self.get("/quotes/?symbols=MSFT,NOPE,AAPL,MSFT")
        self.assertEqual([row["symbol"] for row in found["quotes"]], ["MSFT", "AAPL"])
        self.assertEqual(found["unknown"], ["NOPE"])
        self.get("/quotes/", expected=400)
        self.get("/quotes/?symbols=" + ",".join(f"S{n}" for n in range(51)), expected=400)

    def test_candles_are_the_newest_oldest_first(self):
        found = self.get("/instruments/AAPL/candles/?interval=1w&limit=3")
        times = [row["opened_at"] for row in found["candles"]]
        self.assertEqual(times, sorted(times))
        self.assertEqual(times[-1], "2025-06-30T00:00:00Z")
        self.assertEqual(found["candles"][-1]["close"], "189.2500")
        self.get("/instruments/AAPL/candles/?limit=501", expected=400)
        self.get("/instruments/AAPL/candles/?interval=2d", expected=400)
        self.get("/instruments/NOPE/candles/", expected=404)

    def test_calendar(self):
        days = self.get("/calendar/?start=2025-12-24&end=2025-12-25&exchange=XLON")["days"]
        self.assertEqual([day["status"] for day in days], ["half", "closed"])
        self.assertEqual(len(self.get("/calendar/2025-01-01/")["exchanges"]), 4)
        self.assertEqual(self.client.get(f"{BASE}/calendar/2025-02-31/").status_code, 404)

    def test_exchanges_sectors_and_actions(self):
        codes = [row["code"] for row in self.get("/exchanges/")]
        self.assertEqual(codes, ["XFRA", "XLON", "XNAS", "XNYS"])
        self.assertEqual(self.get("/exchanges/XFRA/")["name"], "Börse Frankfurt")
        parents = {row["slug"]: row["parent"] for row in self.get("/sectors/")}
        self.assertEqual(parents["biotech"], "health")
        actions = self.get("/instruments/AAPL/corporate-actions/")
        self.assertEqual(actions[0]["amount"], "0.757000")


class WritingTest(SeededTestCase):
    quotes = [{"symbol": "AAPL", "bid": "99", "ask": "101", "last": "100", "volume": 5}]

    def test_only_staff_may_ingest(self):
        path = f"{BASE}/quotes/ingest/"
        refused = self.api.post(path, self.quotes, format="json")
        self.assertEqual(refused.status_code, 403)
        before = Quote.objects.get(instrument__symbol="AAPL").previous_close
        answer = api_client(self.grace).post(path, self.quotes, format="json")
        self.assertEqual((answer.status_code, answer.json()), (202, {"ingested": 1}))
        quote = Quote.objects.get(instrument__symbol="AAPL")
        self.assertEqual((quote.last, quote.previous_close), (Decimal(100), before))

    def test_crossed_quotes_are_refused(self):
        crossed = [{**self.quotes[0], "ask": "98"}]
        answer = api_client(self.grace).post(f"{BASE}/quotes/ingest/", crossed, format="json")
        self.assertEqual(answer.status_code, 400)
        self.assertIn("The ask may not be below the bid.", str(answer.json()))

    def test_halt_and_resume(self):
        staff = api_client(self.grace)
        path = f"{BASE}/instruments/AAPL/halt/"
        self.assertEqual(self.api.post(path).status_code, 403)
        self.assertTrue(staff.post(path).json()["is_halted"])
        self.assertFalse(staff.delete(path).json()["is_halted"])

    def test_old_candles_go(self):
        self.assertEqual(drop_old_candles.delay("1h", 40).get(), 38 * 8)
        self.assertEqual(Candle.objects.filter(interval="1h").count(), 38 * 40)

"""Messages, alerts, announcements and the raw SQL over other apps' tables."""

from decimal import Decimal

from django.core import mail
from django.db.models import Sum

from core.testing import SeededTestCase, api_client
from market_data.models import Instrument
from notifications.models import Announcement, Notification, PriceAlert
from notifications.services import notify
from notifications.tasks import deliver, send_digests
from portfolio.models import Holding
from trading.models import Execution

BASE = "/api/notifications"


class MessagesTest(SeededTestCase):
    def test_reading_one_marks_it(self):
        message = notify(self.ada, "order", "hello", target=self.account)
        path = f"{BASE}/messages/{message.public_id}"
        row = self.api.get(path).json()
        self.assertEqual(row["target"], {"type": "portfolio.account", "id": self.account.pk})
        self.assertIsNotNone(row["read_at"])
        self.assertEqual(api_client(self.alan).get(path).status_code, 404)
        self.assertEqual(self.api.get(path + "/").status_code, 404)

    def test_counting_and_reading_all(self):
        unread = self.ada.notifications.filter(read_at=None).count()
        self.assertGreater(unread, 0)
        self.assertEqual(self.api.get(f"{BASE}/messages/unread-count").json()["unread"], unread)
        listed = self.api.get(f"{BASE}/messages?read_at__isnull=true").json()
        self.assertEqual(listed["count"], unread)
        self.assertEqual(self.api.post(f"{BASE}/messages/read-all").json()["read"], unread)
        self.assertEqual(self.api.get(f"{BASE}/messages/unread-count").json()["unread"], 0)

    def test_muted_topics_are_not_stored(self):
        body = {"muted_topics": ["price"], "email_enabled": False}
        self.assertEqual(
            self.api.patch(f"{BASE}/preferences", body, format="json").json()["muted_topics"],
            ["price"],
        )
        self.ada.refresh_from_db()
        self.assertIsNone(notify(self.ada, "price", "not stored"))
        bad = self.api.patch(f"{BASE}/preferences", {"muted_topics": ["x"]}, format="json")
        self.assertEqual(bad.status_code, 400)

    def test_mail_goes_out_after_the_commit_and_once(self):
        self.ada.notification_preference.email_enabled = True
        self.ada.notification_preference.save()
        with self.captureOnCommitCallbacks(execute=True):
            message = notify(self.ada, "account", "mailed")
            self.assertEqual(len(mail.outbox), 0)
        self.assertEqual([m.subject for m in mail.outbox], ["mailed"])
        self.assertFalse(deliver(message.pk))

    def test_digest_by_raw_sql(self):
        rows = self.api.get(f"{BASE}/digest").json()["instruments"]
        mine = Execution.objects.filter(order__placed_by=self.ada)
        self.assertEqual(sum(row["fills"] for row in rows), mine.count())
        total = mine.aggregate(total=Sum("gross"))["total"]
        self.assertEqual(sum(Decimal(row["gross"]) for row in rows), total)
        self.assertGreater(send_digests(), 0)
        unread = self.ada.notifications.filter(topic="order", read_at=None).count()
        self.assertEqual(self.api.post(f"{BASE}/digest").json()["read"], unread)

    def test_pages(self):
        self.client.force_login(self.ada)
        message = self.ada.notifications.filter(read_at=None).first()
        self.client.post(f"/notifications/{message.pk}/read/")
        message.refresh_from_db()
        self.assertIsNotNone(message.read_at)
        fields = {"digest_hour": "9", "muted_topics": ["order"]}
        self.client.post("/notifications/preferences/", fields)
        self.ada.notification_preference.refresh_from_db()
        self.assertEqual(self.ada.notification_preference.muted_topics, ["order"])


class SignalsTest(SeededTestCase):
    def test_an_alert_fires_once(self):
        body = {"symbol": "KO", "direction": "above", "threshold": "70"}
        alert = self.api.post(f"{BASE}/alerts", body, format="json").json()
        staff = api_client(self.grace)
        told = Notification.objects.filter(recipient=self.ada, subject="KO is above 70.0000")
        for last, count in [("69", 0), ("71", 1), ("72", 1)]:
            quotes = [{"symbol": "KO", "bid": last, "ask": last, "last": last, "volume": 1}]
            staff.post("/api/market-data/quotes/ingest/", quotes, format="json")
            self.assertEqual(told.count(), count, last)
        path = f"{BASE}/alerts/{alert['id']}"
        self.assertIsNotNone(self.api.get(path).json()["triggered_at"])
        self.assertEqual(self.api.delete(path).status_code, 204)
        self.assertFalse(PriceAlert.objects.filter(pk=alert["id"]).exists())

    def test_a_halt_tells_the_holders(self):
        instrument = Instrument.objects.get(
            holdings__account=self.account,
            pk=Holding.objects.filter(account=self.account, quantity__gt=0)
            .first()
            .instrument_id,
        )
        path = f"/api/market-data/instruments/{instrument.symbol}/halt/"
        api_client(self.grace).post(path)
        newest = self.ada.notifications.first()
        self.assertEqual(newest.subject, f"{instrument.symbol} is halted")
        self.assertEqual(newest.target, instrument)


class AnnouncementTest(SeededTestCase):
    def test_pages_show_current_ones_until_dismissed(self):
        self.client.force_login(self.ada)
        self.assertContains(self.client.get("/markets/"), "New: algo orders")
        self.assertNotContains(self.client.get("/markets/"), "Maintenance")
        current = Announcement.objects.get(title="New: algo orders")
        answer = self.api.post(f"{BASE}/announcements/{current.pk}/dismiss")
        self.assertEqual(answer.json(), {"dismissed": True})
        self.assertNotContains(self.client.get("/markets/"), "New: algo orders")
        listed = self.api.get(f"{BASE}/announcements").json()["results"]
        self.assertEqual([row["title"] for row in listed], ["Maintenance"])

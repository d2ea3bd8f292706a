"""The traffic generator against a live server."""

import contextlib
import importlib.util
import io
import json
from unittest import mock

from django.conf import settings
from django.test import LiveServerTestCase
from rest_framework.throttling import SimpleRateThrottle

from core.testing import seed
from trading.models import Order

spec = importlib.util.spec_from_file_location("traffic", settings.BASE_DIR / "tools/traffic.py")
traffic = importlib.util.module_from_spec(spec)
spec.loader.exec_module(traffic)

RATES = {"orders": "600/min", "login": "600/min"}


class TrafficTest(LiveServerTestCase):
    """One user at a time: the threads of the server share one in-memory connection."""

    reset_sequences = True

    def play(self, *arguments):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            code = traffic.main(["--base-url", self.live_server_url, "--json", *arguments])
        return code, json.loads(out.getvalue())

    def test_each_kind_of_user(self):
        seed("--flush")
        orders = Order.objects.count()
        with mock.patch.object(SimpleRateThrottle, "THROTTLE_RATES", RATES):
            for kind in [traffic.Browser, traffic.ApiClient, traffic.TokenClient]:
                with mock.patch.object(traffic, "kinds", lambda options, kind=kind: [kind]):
                    code, report = self.play("--users", "1", "--rate", "60", "--seconds", "1.5")
                self.assertEqual((code, report["failed"]), (0, 0), report["failures"])
                self.assertGreater(report["requests"], 10)
        self.assertGreater(Order.objects.count(), orders)

    def test_only_get_and_one_path(self):
        code, report = self.play("--users", "1", "--anonymous", "--seconds", "1", "--only-get")
        self.assertEqual(code, 0, report["failures"])
        self.assertTrue(all(r["endpoint"].startswith("GET ") for r in report["endpoints"]))
        code, report = self.play("--users", "1", "--seconds", "1", "--path", "/healthz")
        self.assertEqual([row["endpoint"] for row in report["endpoints"]], ["GET /healthz"])

    def test_the_rate_is_a_bound(self):
        _, report = self.play(
            "--users", "3", "--seconds", "1", "--rate", "10", "--path", "/healthz"
        )
        self.assertLessEqual(report["requests"], 11)

    def test_a_dead_server_is_a_failure(self):
        code, report = self.play(
            "--base-url", "http://127.0.0.1:1", "--seconds", "0.5", "--anonymous"
        )
        self.assertEqual((code, set(report["statuses"])), (1, {"error"}))

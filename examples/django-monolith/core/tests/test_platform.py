"""The platform as a whole: migrations, seed, headers, settings."""

import gzip
import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, TestCase, TransactionTestCase

from config.env import database_from_url
from core.testing import SeededTestCase, seed

SEED_7_SCALE_1 = "b8cf219f5b557ff6"


class MigrationsTest(TestCase):
    def test_models_and_migrations_agree(self):
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)

    def test_the_long_table_name_is_cut_by_postgresql_alone(self):
        tables = connection.introspection.table_names()
        (name,) = [table for table in tables if table.startswith("portfolio_accountstatement")]
        self.assertEqual(len(name), 63 if connection.vendor == "postgresql" else 64)


class SeedTest(TransactionTestCase):
    reset_sequences = True

    def seed(self, *arguments):
        return seed(*arguments).split()[-1]

    def test_same_rows_every_time_and_on_every_database(self):
        self.assertEqual(self.seed("--flush"), SEED_7_SCALE_1)
        self.assertNotEqual(self.seed("--flush", "--seed", "8"), SEED_7_SCALE_1)
        with self.assertRaisesMessage(CommandError, "--flush"):
            self.seed()
        self.assertEqual(self.seed("--if-empty"), "done")


class HeadersTest(SeededTestCase):
    def test_health(self):
        answer = self.client.get("/healthz")
        self.assertEqual((answer.status_code, answer.json()), (200, {"status": "ok"}))

    def test_pagination_names_the_host_that_was_asked(self):
        answer = self.client.get(
            "/api/market-data/instruments/?page_size=5&page=2", headers={"host": "shop.test:81"}
        )
        page = answer.json()
        base = "http://shop.test:81/api/market-data/instruments/"
        self.assertEqual(page["next"], base + "?page=3&page_size=5")
        self.assertEqual(page["previous"], base + "?page_size=5")
        self.assertTrue(page["results"][0]["url"].startswith(base))

    def test_a_missing_slash_is_added(self):
        answer = self.client.get("/api/market-data/exchanges?x=1")
        self.assertEqual(answer.status_code, 301)
        self.assertEqual(answer["Location"], "/api/market-data/exchanges/?x=1")

    def test_gzip_and_conditional_get(self):
        path = "/api/market-data/exchanges/"
        packed = self.client.get(path, headers={"accept-encoding": "gzip"})
        self.assertEqual(packed["Content-Encoding"], "gzip")
        self.assertEqual(gzip.decompress(packed.content), self.client.get(path).content)
        self.assertTrue(packed["ETag"].startswith('W/"'))
        again = self.client.get(path, headers={"if-none-match": packed["ETag"]})
        self.assertEqual((again.status_code, again.content), (304, b""))

    def test_pages_send_strangers_to_the_login(self):
        for page in ["/portfolio/", "/trading/orders/", "/notifications/"]:
            answer = Client().get(page)
            self.assertRedirects(answer, f"/accounts/login/?next={page}")

    def test_admin_pages_answer(self):
        self.client.force_login(self.grace)
        for page in [
            "trading/order/",
            "portfolio/portfolio/",
            "market_data/instrument/",
            "accounts/user/",
            "notifications/notification/",
            "research/researchproject/",
        ]:
            with self.subTest(page=page):
                self.assertEqual(self.client.get(f"/admin/{page}").status_code, 200)
                found = self.client.get(f"/admin/{page}?q=ada")
                self.assertEqual(found.status_code, 200)


class SettingsTest(TestCase):
    def run_python(self, code, **variables):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("DJANGO_")}
        return subprocess.run(
            [sys.executable, "-c", code],
            env={**environment, **variables},
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def test_production_needs_a_secret_and_has_no_debug(self):
        code = "from config import settings; print(settings.DEBUG, settings.SECRET_KEY)"
        refused = self.run_python(code, DJANGO_ENV="prod")
        self.assertIn("KeyError: 'DJANGO_SECRET_KEY'", refused.stderr)
        allowed = self.run_python(code, DJANGO_ENV="prod", DJANGO_SECRET_KEY="from-outside")
        self.assertEqual(allowed.stdout.strip(), "False from-outside", allowed.stderr)

    def test_database_urls(self):
        sqlite = database_from_url("sqlite:////var/lib/x.db")
        self.assertEqual(sqlite["NAME"], "/var/lib/x.db")
        postgres = database_from_url("postgres://a:b%40c@db:5433/name?sslmode=require")
        self.assertEqual(postgres["PASSWORD"], "b@c")
        self.assertEqual(postgres["OPTIONS"], {"sslmode": "require"})
        self.assertEqual((postgres["HOST"], postgres["PORT"]), ("db", "5433"))
        socket = database_from_url("postgres:///name?host=/run/pg&user=me")
        self.assertEqual((socket["HOST"], socket["USER"]), ("/run/pg", "me"))
        with self.assertRaises(ValueError):
            database_from_url("mysql://x/y")

    def test_no_file_is_longer_than_600_lines(self):
        for path in Path(settings.BASE_DIR).rglob("*.py"):
            if "site-packages" not in path.parts:
                lines = path.read_text(encoding="utf-8").splitlines()
                self.assertLessEqual(len(lines), 600, path)

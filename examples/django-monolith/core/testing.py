"""What the tests share: seeded data, signed-in clients, and the invariants of money."""

import io

from django.core.cache import cache
from django.core.management import call_command
from django.db.models import Sum
from django.test import TestCase
from django.test.runner import DiscoverRunner
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from authentication.models import User
from portfolio.models import Account


class SeededRunner(DiscoverRunner):
    """Seeds the test database once; every TestCase rolls back to that."""

    def setup_databases(self, **kwargs):
        made = super().setup_databases(**kwargs)
        seed("--if-empty")
        return made


def seed(*arguments):
    out = io.StringIO()
    call_command("seed", *arguments, stdout=out)
    return out.getvalue()


class SeededTestCase(TestCase):
    """Works on the seeded rows; seeds by itself where the runner's seed does not reach (a
    parallel run works on copies made before it)."""

    @classmethod
    def setUpTestData(cls):
        seed("--if-empty")
        cls.ada = User.objects.get(username="ada")
        cls.alan = User.objects.get(username="alan")
        cls.grace = User.objects.get(username="grace")
        cls.hedy = User.objects.get(username="hedy")
        cls.account = main_account(cls.ada)

    def setUp(self):
        cache.clear()  # the throttles count in it
        self.api = api_client(self.ada)

    def assert_money_is_conserved(self, total_before):
        self.assertEqual(total_cash(), total_before)
        self.assert_ledger_agrees()

    def assert_ledger_agrees(self):
        """Each balance is the sum of its movements, and no reservation is uncovered."""
        rows = Account.objects.annotate(booked=Sum("movements__amount"))
        for account in rows:
            self.assertEqual(account.cash, account.booked or 0, account.number)
            self.assertGreaterEqual(account.reserved, 0, account.number)


def api_client(user=None):
    """A client that says who it is by a token, as programs do."""
    client = APIClient()
    if user is not None:
        token, _ = Token.objects.get_or_create(user=user)
        client.credentials(HTTP_AUTHORIZATION=f"Token {token.key}")
    return client


def main_account(user):
    return Account.objects.get(portfolio__owner=user, portfolio__name="Main")


def total_cash():
    return Account.objects.aggregate(total=Sum("cash"))["total"]

"""Every way to say who one is leads to the same rows, and each visit is stamped."""

from datetime import timedelta

from django.utils import timezone

from authentication.models import LastSeen, User
from authentication.seeding import DEMO_PASSWORD
from core.testing import SeededTestCase, api_client
from research.models import SequenceRun

PATHS = [
    "auth/me/",
    "auth/users/",
    "auth/users/ada/",
    "auth/users/ada/activity/",
    "auth/login-events/",
    "market-data/quotes/?symbols=AAPL,MSFT",
    "market-data/calendar/?year=2026",
    "market-data/calendar/2026-01-02/",
    "market-data/sectors/",
    "market-data/instruments/",
    "market-data/instruments/AAPL/",
    "market-data/instruments/AAPL/candles/",
    "market-data/instruments/AAPL/corporate-actions/",
    "market-data/instruments/AAPL/quote/",
    "market-data/exchanges/",
    "market-data/exchanges/XNAS/",
    "portfolio/positions/",
    "portfolio/net-worth/",
    "portfolio/holders/AAPL/",
    "portfolio/portfolios/",
    "portfolio/portfolios/{portfolio}/",
    "portfolio/portfolios/{portfolio}/members/",
    "portfolio/portfolios/{portfolio}/performance/",
    "portfolio/accounts/",
    "portfolio/accounts/{account}/",
    "portfolio/accounts/{account}/statement/",
    "portfolio/watchlists/",
    "trading/executions/",
    "trading/limits/?account={account}",
    "trading/blotter/",
    "trading/turnover/",
    "trading/daily-fills/",
    "trading/orders/",
    "trading/orders/{order}/",
    "trading/algo-orders/",
    "notifications/alerts",
    "notifications/preferences",
    "notifications/digest",
    "notifications/messages",
    "notifications/messages/unread-count",
    "notifications/announcements",
    "research/projects/",
    "research/projects/anti-il6/",
    "research/projects/anti-il6/comments/",
    "research/runs/",
    "research/runs/{run}/",
    "research/runs/{run}/reads/",
    "research/",
]
PAGES = [
    "/markets/",
    "/markets/AAPL/",
    "/portfolio/",
    "/portfolio/accounts/{account}/",
    "/portfolio/accounts/{account}/cash/",
    "/portfolio/watchlists/new/",
    "/trading/orders/",
    "/trading/orders/new/?symbol=AAPL",
    "/trading/orders/{order}/",
    "/trading/orders/export.csv",
    "/notifications/",
    "/notifications/preferences/",
    "/research/",
    "/research/projects/anti-il6/",
    "/accounts/profile/",
    "/accounts/activity/",
    "/accounts/password/",
]


def uncounted(answer):
    """An answer without what counts the visits themselves."""
    if isinstance(answer, dict):
        answer.pop("view_count", None)
    return answer


class WaysInTest(SeededTestCase):
    def names(self):
        return {
            "account": self.account.number,
            "order": self.ada.orders.first().public_id,
            "portfolio": self.account.portfolio.public_id,
            "run": SequenceRun.objects.filter(project__slug="anti-il6").first().public_id,
        }

    def get_stamped(self, client, path):
        """The answer to a visit that is the first one for an hour."""
        LastSeen.objects.filter(user=self.ada).update(
            seen_at=timezone.now() - timedelta(hours=1), path=""
        )
        answer = client.get(path)
        if answer.status_code not in (401, 403):
            self.assertEqual(LastSeen.objects.get(user=self.ada).path, path.partition("?")[0])
        return answer

    def test_session_token_and_jwt_read_the_same(self):
        by_session, by_jwt = api_client(), api_client()
        credentials = {"username": "ada", "password": DEMO_PASSWORD}
        access = by_jwt.post("/api/auth/jwt/create/", credentials).json()["access"]
        by_jwt.credentials(HTTP_AUTHORIZATION=f"Bearer {access}")
        # Signing in may have stored the password's hash anew, which ends older sessions.
        by_session.force_login(User.objects.get(pk=self.ada.pk))
        names = self.names()
        for path in PATHS:
            path = "/api/" + path.format(**names)
            with self.subTest(path=path):
                answers = [self.get_stamped(c, path) for c in (self.api, by_session, by_jwt)]
                self.assertEqual(len({answer.status_code for answer in answers}), 1)
                self.assertIn(answers[0].status_code, (200, 403))
                told = [uncounted(answer.json()) for answer in answers]
                self.assertEqual(told[0], told[1])
                self.assertEqual(told[0], told[2])

    def test_visits_of_pages_are_stamped(self):
        self.client.force_login(self.ada)
        names = self.names()
        for path in PAGES:
            with self.subTest(path=path):
                answer = self.get_stamped(self.client, path.format(**names))
                self.assertEqual(answer.status_code, 200)

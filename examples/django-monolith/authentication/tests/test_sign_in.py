"""Signing in by session, token and JWT, and what hangs on a user."""

import re
from datetime import timedelta

from django.test import Client
from django.utils import timezone
from rest_framework.authtoken.models import Token

from authentication.models import LastSeen, LoginEvent, User
from authentication.seeding import DEMO_PASSWORD
from core.testing import SeededTestCase, api_client
from trading.models import Order

CREDENTIALS = {"username": "ada", "password": DEMO_PASSWORD}


class SessionTest(SeededTestCase):
    def test_the_login_form_demands_its_csrf_token(self):
        browser = Client(enforce_csrf_checks=True)
        self.assertEqual(browser.post("/accounts/login/", CREDENTIALS).status_code, 403)
        page = browser.get("/accounts/login/").content.decode()
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
        answer = browser.post("/accounts/login/", {**CREDENTIALS, "csrfmiddlewaretoken": token})
        self.assertRedirects(answer, "/portfolio/", fetch_redirect_response=False)
        event = LoginEvent.objects.first()
        self.assertEqual((event.username, event.method), ("ada", "session"))

    def test_the_api_demands_csrf_of_sessions_and_not_of_tokens(self):
        body = {"amount": "1.00"}
        path = f"/api/portfolio/accounts/{self.account.number}/deposit/"
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(self.ada)
        refused = browser.post(path, body, content_type="application/json")
        self.assertEqual(refused.status_code, 403)
        self.assertIn("CSRF", refused.json()["detail"])
        key = Token.objects.get(user=self.ada).key
        accepted = Client(enforce_csrf_checks=True).post(
            path,
            body,
            content_type="application/json",
            headers={"authorization": f"Token {key}"},
        )
        self.assertEqual(accepted.status_code, 201)

    def test_a_page_without_protection_of_its_own_is_covered_by_the_middleware(self):
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(self.ada)
        refused = browser.post("/portfolio/watchlists/new/", {"name": "Forged"})
        self.assertEqual(refused.status_code, 403)
        self.assertFalse(self.ada.portfolio_watchlist_set.filter(name="Forged").exists())

    def test_a_wrong_password_is_recorded(self):
        self.client.post("/accounts/login/", {**CREDENTIALS, "password": "wrong"})
        event = LoginEvent.objects.first()
        self.assertEqual((event.user, event.succeeded), (self.ada, False))

    def test_registering_opens_a_portfolio_in_another_app(self):
        fields = {"username": "linus", "email": "linus@x.example"}
        fields |= {"password1": "a-long-one-1991", "password2": "a-long-one-1991"}
        answer = self.client.post("/accounts/register/", fields)
        self.assertRedirects(answer, "/portfolio/")
        user = User.objects.get(username="linus")
        self.assertEqual(user.profile.display_name, "linus")
        self.assertTrue(user.notification_preference.email_enabled)
        self.assertEqual(user.portfolios.get().accounts.get().cash, 0)

    def test_last_seen_is_written_by_reads_once_per_interval(self):
        LastSeen.objects.filter(user=self.ada).delete()
        self.client.force_login(self.ada)
        self.client.get("/markets/")
        self.client.get("/research/")
        row = LastSeen.objects.get(user=self.ada)
        self.assertEqual((row.path, row.hits), ("/markets/", 1))
        LastSeen.objects.update(seen_at=timezone.now() - timedelta(hours=1))
        self.client.get("/research/")
        row.refresh_from_db()
        self.assertEqual((row.path, row.hits), ("/research/", 2))


class TokensTest(SeededTestCase):
    def test_drf_token(self):
        key = api_client().post("/api/auth/token/", CREDENTIALS).json()["token"]
        answer = self.client.get("/api/auth/me/", headers={"authorization": f"Token {key}"})
        me = answer.json()
        self.assertEqual((me["username"], me["profile"]["display_name"]), ("ada", "Ada"))
        self.client.post("/api/auth/token/logout/", headers={"authorization": f"Token {key}"})
        gone = self.client.get("/api/auth/me/", headers={"authorization": f"Token {key}"})
        self.assertEqual(gone.status_code, 401)

    def test_jwt_is_rotated_and_the_old_one_refused(self):
        client = api_client()
        pair = client.post("/api/auth/jwt/create/", CREDENTIALS).json()
        client.credentials(HTTP_AUTHORIZATION="Bearer " + pair["access"])
        self.assertEqual(client.get("/api/auth/me/").status_code, 200)
        old = {"refresh": pair["refresh"]}
        self.assertEqual(client.post("/api/auth/jwt/refresh/", old).status_code, 200)
        self.assertEqual(client.post("/api/auth/jwt/refresh/", old).status_code, 401)
        self.assertTrue(LoginEvent.objects.filter(user=self.ada, method="jwt").exists())

    def test_sign_in_is_throttled(self):
        wrong = {**CREDENTIALS, "password": "wrong"}
        codes = [api_client().post("/api/auth/token/", wrong).status_code for _ in range(6)]
        self.assertEqual(codes, [400] * 5 + [429])

    def test_me_writes_the_nested_profile(self):
        body = {"profile": {"display_name": "Countess", "favourite_instrument": "LLY"}}
        answer = self.api.patch("/api/auth/me/", body, format="json")
        self.assertEqual(answer.json()["profile"]["display_name"], "Countess")
        self.ada.profile.refresh_from_db()
        self.assertEqual(self.ada.profile.favourite_instrument.symbol, "LLY")


class StaffTest(SeededTestCase):
    def test_users_are_for_staff(self):
        self.assertEqual(self.api.get("/api/auth/users/").status_code, 403)
        found = api_client(self.grace).get("/api/auth/users/?is_trader=true").json()
        self.assertEqual(found["count"], 11)

    def test_activity_counts_each_table_once(self):
        path = "/api/auth/users/ada/activity/"
        counts = api_client(self.grace).get(path).json()
        self.assertEqual(counts["orders"], self.ada.orders.count())
        self.assertEqual(counts["portfolios"], self.ada.memberships.count())

    def test_deactivating_cancels_the_open_orders(self):
        open_before = Order.objects.open().filter(placed_by=self.ada).count()
        self.assertGreater(open_before, 0)
        answer = api_client(self.grace).post("/api/auth/users/ada/deactivate/")
        self.assertEqual(answer.json()["cancelled_orders"], open_before)
        self.assertFalse(Order.objects.open().filter(placed_by=self.ada).exists())
        self.account.refresh_from_db()
        self.assertEqual(self.account.reserved, 0)
        self.assertFalse(Token.objects.filter(user=self.ada).exists())

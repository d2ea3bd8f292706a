"""The check view answers only who knows the token, and tells no secret."""

from django.http import Http404
from django.test import RequestFactory, SimpleTestCase, override_settings

from outgrow_django import check

TOKEN = "a-token-of-the-tests-0123456789"


@override_settings(OUTGROW_CHECK_TOKEN=TOKEN, ALLOWED_HOSTS=["testserver"])
class CheckTests(SimpleTestCase):
    def ask(self, token=TOKEN, **headers):
        headers["authorization"] = f"Bearer {token}"
        return check.view(RequestFactory().get("/outgrow/check/", headers=headers))

    def test_the_token_opens_it(self):
        response = self.ask(**{"x-forwarded-for": "192.0.2.7"})
        self.assertContains(response, "outgrow.check/1")
        self.assertContains(response, "192.0.2.7")
        self.assertIn("no-store", response["Cache-Control"])

    def test_nobody_else_sees_it(self):
        for token in ["", TOKEN[:-1], TOKEN + "x", "é"]:
            with self.subTest(token), self.assertRaises(Http404):
                self.ask(token)

    def test_without_a_token_or_with_a_short_one_it_is_off(self):
        for token in ["", "short"]:
            with self.subTest(token), override_settings(OUTGROW_CHECK_TOKEN=token):
                with self.assertRaises(Http404):
                    self.ask(token)

    @override_settings(SECRET_KEY="do-not-tell")
    def test_no_secret_and_no_cookie_is_told(self):
        response = self.ask(cookie="sessionid=do-not-tell")
        self.assertNotContains(response, "do-not-tell")
        self.assertNotContains(response, TOKEN)

    def test_only_reading(self):
        request = RequestFactory().post("/outgrow/check/")
        self.assertEqual(check.view(request).status_code, 405)

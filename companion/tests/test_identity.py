"""The identity view answers the proxy alone, and says what Django says."""

import base64
import hashlib
import hmac
import json
import time
from types import SimpleNamespace

from django.http import Http404
from django.test import RequestFactory, SimpleTestCase, override_settings

from outgrow_django import identity

KEY = "a key of at least thirty-two bytes"
CLAIMS = {"iss": "outgrow-proxy", "aud": "outgrow-django"}


def part(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def proof(key=KEY, head=identity.HEADER, **claims):
    signed = f"{part(head)}.{part({**CLAIMS, 'exp': int(time.time()) + 30, **claims})}"
    mac = hmac.new(key.encode(), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


@override_settings(OUTGROW_IDENTITY_KEY=KEY + "\n")
class IdentityTests(SimpleTestCase):
    def ask(self, said, user=SimpleNamespace(pk=7, is_authenticated=True)):
        request = RequestFactory().get("/outgrow/identity/", headers={"x-outgrow-ask": said})
        request.user = user
        return identity.view(request)

    def test_the_proxy_learns_who_the_user_is(self):
        response = self.ask(proof())
        self.assertJSONEqual(response.content, {"user": "7"})
        self.assertIn("no-store", response["Cache-Control"])
        nobody = SimpleNamespace(pk=None, is_authenticated=False)
        self.assertJSONEqual(self.ask(proof(), nobody).content, {"user": None})

    def test_nobody_else_does(self):
        good = proof()
        bad = {
            "nothing": "",
            "another key": proof(key="another key of at least thirty-two"),
            "another service's token": proof(aud="market"),
            "another issuer": proof(iss="somebody"),
            "too old": proof(exp=int(time.time()) - 1),
            "for ever": proof(exp=None),
            "no algorithm": proof(head={"alg": "none", "typ": "JWT"}),
            "cut": good[:-1],
            "no signature": good.rpartition(".")[0] + ".",
            "long": good + "a" * 2000,
            "not ASCII": good + "é",
        }
        for name, said in bad.items():
            with self.subTest(name), self.assertRaises(Http404):
                self.ask(said)

    def test_without_a_key_or_with_a_short_one_it_is_off(self):
        for key in ["", "short"]:
            with self.subTest(key), override_settings(OUTGROW_IDENTITY_KEY=key):
                with self.assertRaises(Http404):
                    self.ask(proof(key=key))

    def test_only_reading(self):
        request = RequestFactory().post("/outgrow/identity/")
        self.assertEqual(identity.view(request).status_code, 405)

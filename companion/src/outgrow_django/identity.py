"""The identity view: who Django says the user behind a request's cookies is.

`outgrow-proxy --identity ask` asks it where the proxy is given neither `SECRET_KEY` nor a database
role. It is off until the project both routes to it and sets the key that the proxy has too, and
answers 404 to everybody whose question that key did not sign:

    # settings.py
    OUTGROW_IDENTITY_KEY = pathlib.Path("/run/secrets/identity").read_text()
    # urls.py
    path("outgrow/identity/", outgrow_django.identity.view),

The answer is the primary key of the user, or null. The project's own middleware has its say before,
so whoever it signs out is signed out here.
"""

import base64
import binascii
import hashlib
import hmac
import json
import time

from django.conf import settings
from django.http import Http404, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .check import login_not_required

# Shorter keys can be guessed; the view stays off. Unit: bytes.
KEY_BYTES_MIN = 32

# A question of the proxy has some 200; longer ones are not looked at. Unit: characters.
PROOF_CHARACTERS_MAX = 1024

HEADER = {"alg": "HS256", "typ": "JWT"}


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def allowed(proof, now):
    """Whether the proxy signed `proof`, a JSON Web Token (RFC 7519), and lately."""
    key = getattr(settings, "OUTGROW_IDENTITY_KEY", "").strip().encode()
    if len(key) < KEY_BYTES_MIN or len(proof) > PROOF_CHARACTERS_MAX or not proof.isascii():
        return False
    signed, _, signature = proof.rpartition(".")
    head, _, claims = signed.partition(".")
    mac = hmac.new(key, signed.encode(), hashlib.sha256).digest()
    expected = base64.urlsafe_b64encode(mac).rstrip(b"=").decode()
    if not constant_time_compare(signature, expected):
        return False
    try:
        head, claims = json.loads(decoded(head)), json.loads(decoded(claims))
    except (binascii.Error, ValueError, RecursionError):
        return False
    expected = {"iss": "outgrow-proxy", "aud": "outgrow-django"}
    return (
        head == HEADER
        and isinstance(claims, dict)
        and expected.items() <= claims.items()
        and isinstance(claims.get("exp"), int)
        and now < claims["exp"]
    )


@login_not_required
@never_cache
@require_safe
def view(request):
    if not allowed(request.headers.get("X-Outgrow-Ask", ""), time.time()):
        raise Http404
    user = request.user
    return JsonResponse({"user": str(user.pk) if user.is_authenticated else None})

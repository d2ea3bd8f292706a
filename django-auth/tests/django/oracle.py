"""Answers what Django would: one JSON question a line in, one JSON answer a line out."""

import json
import math
import sys
from types import SimpleNamespace

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="unset",
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"],
    USE_TZ=True,
)
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.contrib.sessions.backends import db, signed_cookies  # noqa: E402
from django.core import signing  # noqa: E402
from django.http import HttpRequest, HttpResponse, parse_cookie  # noqa: E402
from django.middleware import csrf  # noqa: E402

KINDS = {}


def kind(cls):
    KINDS[cls.__name__] = cls
    return cls


@kind
class text:
    def write(q):
        return signing.Signer(salt=q["salt"]).sign(q["value"])

    def read(q):
        return signing.Signer(salt=q["salt"]).unsign(q["token"])


@kind
class stamped:
    def write(q):
        return signing.TimestampSigner(salt=q["salt"]).sign(q["value"])

    def read(q):
        return signing.TimestampSigner(salt=q["salt"]).unsign(q["token"], max_age=q["max_age"])


@kind
class payload:
    def write(q):
        return signing.dumps(q["value"], salt=q["salt"], compress=q["compress"])

    def read(q):
        return signing.loads(q["token"], salt=q["salt"], max_age=q["max_age"])


@kind
class row:
    def write(q):
        return db.SessionStore().encode(q["value"])

    def read(q):
        return logged_in(db.SessionStore().decode(q["token"]))


@kind
class cookie_session:
    def write(q):
        store = signed_cookies.SessionStore()
        store.update(q["value"])
        return store._get_session_key()

    def read(q):
        settings.SESSION_COOKIE_AGE = q["max_age"]
        return logged_in(signed_cookies.SessionStore(q["token"]).load())


def logged_in(session):
    """Django starts an empty session where it could not read one."""
    if not isinstance(session, dict) or not session:
        raise ValueError("no session")
    return session


@kind
class cookie:
    def write(q):
        response = HttpResponse()
        response.set_signed_cookie("it", q["value"], salt=q["salt"])
        return response.cookies["it"].value

    def read(q):
        settings.SIGNED_COOKIE_LEGACY_SALT_FALLBACK = q["legacy"]
        request = HttpRequest()
        request.COOKIES["it"] = q["token"]
        return request.get_signed_cookie("it", salt=q["salt"], max_age=q["max_age"])


@kind
class password:
    def write(q):
        return User(password=q["value"]).get_session_auth_hash()

    def read(q):
        user = User(password=q["value"])
        hashes = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
        if not any(signing.constant_time_compare(q["token"], known) for known in hashes):
            raise ValueError("the password has changed")
        return q["value"]


@kind
class token:
    def write(q):
        return csrf._mask_cipher_secret(q["value"])

    def read(q):
        csrf._check_token_format(q["token"])
        csrf._check_token_format(q["value"])
        secret = q["value"]
        if len(secret) == csrf.CSRF_TOKEN_LENGTH:
            secret = csrf._unmask_cipher_token(secret)
        if not csrf._does_token_match(q["token"], secret):
            raise ValueError("another token")
        return secret


@kind
class header:
    def read(q):
        return parse_cookie(q["token"])[q["salt"]]


def clean(value):
    """What a Rust string and JSON can hold of a Python value."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, list):
        return [clean(item) for item in value]
    if isinstance(value, dict):
        return {clean(key): clean(item) for key, item in value.items()}
    return value


def answer(q):
    settings.SECRET_KEY, *fallbacks = [
        bytes.fromhex(key["hex"]) if "hex" in key else key["text"] for key in q["keys"]
    ]
    settings.SECRET_KEY_FALLBACKS = fallbacks
    signing.time = SimpleNamespace(time=lambda: q["now"])
    try:
        return {"value": clean(getattr(KINDS[q["kind"]], q["op"])(q))}
    except Exception as error:
        return {"error": repr(error)}


print(json.dumps({"v2": hasattr(signing, "_cookie_signer_salt"), "version": django.__version__}))
for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=False)

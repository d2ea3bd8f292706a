"""A Django site in one file: makes sessions of every kind, says who Django sees behind each."""

import json
import os
import random
import sys
from datetime import timedelta
from importlib import import_module

import django
from django.conf import settings

ENGINE = sys.argv[1]
settings.configure(
    SECRET_KEY=os.environ["SITE_SECRET_KEY"],
    SECRET_KEY_FALLBACKS=[os.environ["SITE_FALLBACK_KEY"]],
    INSTALLED_APPS=[
        "django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions",
    ],
    DATABASES={"default": {
        "ENGINE": "django.db.backends.postgresql", "NAME": "outgrow", "USER": "outgrow",
        "HOST": os.environ["SITE_DATABASE"],
    }},
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    OUTGROW_IDENTITY_KEY=os.environ["SITE_SIGNING_KEY"],
    SESSION_ENGINE=f"django.contrib.sessions.backends.{ENGINE}",
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()

from django.contrib.auth import SESSION_KEY, get_user, login, logout  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core import signing  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.http import HttpRequest, JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402

Store = import_module(settings.SESSION_ENGINE).SessionStore
BACKEND = "django.contrib.auth.backends.ModelBackend"
NOW = signing.time.time


def request(cookie=None):
    it = HttpRequest()
    it.session = Store(cookie)
    return it


def new_session(user, key=None):
    current = settings.SECRET_KEY
    settings.SECRET_KEY = key or current
    it = request()
    if user is not None:
        login(it, user, backend=BACKEND)
    it.session["cart"] = ["é", 1, {"a": None}] * random.choice([0, 1, 40])
    it.session.save()
    settings.SECRET_KEY = current
    return it.session.session_key


def verdict(cookie):
    """Who Django sees; flushing a bad session must not spoil the question to the proxy."""
    # Rows were changed behind the back of the cache, which only repeats what the row was.
    cache.clear()
    it = request(cookie)
    it.session.flush = it.session.cycle_key = lambda: None
    user = get_user(it)
    return str(user.pk) if user.is_authenticated else None


def stored(cookie, change):
    """Changes the row of a session, or for signed cookies the cookie."""
    if ENGINE == "signed_cookies":
        return change(cookie)
    row = Store.get_model_class().objects.get(session_key=cookie)
    row.session_data = change(row.session_data)
    row.save()
    return cookie


def flip(text):
    at = random.randrange(len(text))
    return text[:at] + random.choice("AZaz09:._-") + text[at + 1:]


def edited(cookie, **values):
    """A well signed session with other content."""
    it = request(cookie)
    for key, value in values.items():
        if value is None:
            it.session.pop(key, None)
        else:
            it.session[key] = value
    it.session.save()
    return it.session.session_key


def expired(cookie):
    if ENGINE == "signed_cookies":
        signing.time.time = lambda: NOW() - settings.SESSION_COOKIE_AGE - 5
        cookie = edited(cookie)
        signing.time.time = NOW
        return cookie
    past = timezone.now() - timedelta(seconds=random.choice([1, 100]))
    Store.get_model_class().objects.filter(session_key=cookie).update(expire_date=past)
    return cookie


def cookie(kind, user):
    made = new_session(user)
    if kind == "anonymous":
        return new_session(None)
    if kind == "tampered":
        return stored(made, flip)
    if kind == "cut":
        return stored(made, lambda text: text[: random.randrange(len(text))])
    if kind == "rotated":
        return new_session(user, os.environ["SITE_FALLBACK_KEY"])
    if kind == "foreign":
        return new_session(user, "a key of another site")
    if kind == "salt":
        salt = random.choice(["django.contrib.sessions.SessionStore", "other",
                              "django.contrib.sessions.backends.signed_cookies"])
        return stored(made, lambda _: signing.dumps(dict(request(made).session), salt=salt))
    if kind == "expired":
        return expired(made)
    if kind == "flipped_key":
        return flip(made)
    if kind == "hash":
        return edited(made, _auth_user_hash=random.choice(["", "0" * 64, None]))
    if kind == "nobody":
        return edited(made, _auth_user_id=random.choice(["999999", None]))
    if kind == "garbage":
        return random.choice(["", "x", "a" * 32, "é" * 32, '"' + made + '"', "a" * 41, "%00" * 9])
    return made


def quotes(request):
    return JsonResponse({"by": "legacy"})


sys.path.insert(0, os.environ["SITE_COMPANION"])
from outgrow_django import identity  # noqa: E402

urlpatterns = [path("api/quotes/", quotes), path("outgrow/identity/", identity.view)]

KINDS = ["good", "good", "anonymous", "tampered", "cut", "rotated", "foreign", "salt", "expired",
         "flipped_key", "hash", "nobody", "garbage"]


def main():
    command = sys.argv[2]
    if command == "sessions":
        random.seed(7)
        call_command("migrate", verbosity=0)
        users = [User(username=f"u{n}", is_active=n % 7 != 6) for n in range(40)]
        User.objects.all().delete()
        for user in users:
            user.password = f"pbkdf2_sha256$1$x${user.username}"
            user.last_login = timezone.now()
            user.save()
        for _ in range(int(sys.argv[3])):
            kind = random.choice(KINDS)
            made = cookie(kind, random.choice(users))
            seen = made[1:-1] if made.startswith('"') else made
            print(json.dumps({"kind": kind, "cookie": made, "user": verdict(seen)}))
    elif command == "serve":
        from wsgiref.simple_server import make_server

        from django.core.wsgi import get_wsgi_application

        server = make_server("127.0.0.1", 0, get_wsgi_application())
        print(json.dumps({"port": server.server_port}), flush=True)
        server.serve_forever()
    elif command == "logout":
        logout(request(sys.argv[3]))
    elif command == "password":
        User.objects.filter(pk=sys.argv[3]).update(password="pbkdf2_sha256$1$x$changed")
    assert SESSION_KEY


main()

"""The check view: what Django sees of a request that came through the proxy.

`outgrow doctor --through URL` asks it. It is off until the project both routes to it and sets a
token, and answers 404 to everybody who does not know the token:

    # settings.py
    OUTGROW_CHECK_TOKEN = os.environ.get("OUTGROW_CHECK_TOKEN", "")
    # urls.py
    path("outgrow/check/", outgrow_django.check.view),

The answer holds the scheme, host, port and address of the request, the forwarding headers as they
arrived, and the settings that decide about them. No secret, no cookie and no user is in it.
"""

import re

from django.conf import settings
from django.http import Http404, JsonResponse
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

try:  # Django 5.1 and newer: LoginRequiredMiddleware
    from django.contrib.auth.decorators import login_not_required
except ImportError:

    def login_not_required(function):
        return function


SCHEMA = "outgrow.check/1"

# Shorter tokens can be guessed; the view stays off. Unit: characters.
TOKEN_CHARACTERS_MIN = 24

SETTINGS = (
    "ALLOWED_HOSTS",
    "APPEND_SLASH",
    "CSRF_COOKIE_DOMAIN",
    "CSRF_COOKIE_NAME",
    "CSRF_COOKIE_SECURE",
    "CSRF_TRUSTED_ORIGINS",
    "LOGIN_URL",
    "SECURE_PROXY_SSL_HEADER",
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_DOMAIN",
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_SECURE",
    "USE_X_FORWARDED_HOST",
    "USE_X_FORWARDED_PORT",
)

# As WSGI names them; the last part holds what a client must not be able to say.
FORWARDED = re.compile(
    r"HTTP_(X_FORWARDED_\w+|FORWARDED|X_REAL_IP|X_OUTGROW_\w+|REMOTE_USER|X_ORIGINAL_URL"
    r"|X_REWRITE_URL)|REMOTE_USER"
)

# Entries of `forwarded` at most, so that nobody can make the answer long.
FORWARDED_MAX = 64


def allowed(request):
    token = getattr(settings, "OUTGROW_CHECK_TOKEN", "")
    if len(token) < TOKEN_CHARACTERS_MIN:
        return False
    return constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}")


def forwarded(request):
    """The headers about the way a request took, by their WSGI names."""
    trusted = getattr(settings, "SECURE_PROXY_SSL_HEADER", None)
    names = [
        name
        for name in sorted(request.META)
        if FORWARDED.fullmatch(name) or (trusted and name == trusted[0])
    ]
    return {name: str(request.META[name]) for name in names[:FORWARDED_MAX]}


@login_not_required
@never_cache
@require_safe
def view(request):
    if not allowed(request):
        raise Http404
    return JsonResponse(
        {
            "schema": SCHEMA,
            "scheme": request.scheme,
            "host": request.get_host(),
            "port": request.get_port(),
            "absolute_uri": request.build_absolute_uri(),
            "remote_addr": request.META.get("REMOTE_ADDR", ""),
            "forwarded": forwarded(request),
            "settings": {name: setting(name) for name in SETTINGS},
        }
    )


def setting(name):
    """A value that JSON can hold: LOGIN_URL may be the name of a route, ALLOWED_HOSTS a tuple."""
    value = getattr(settings, name, None)
    if name == "LOGIN_URL":
        try:
            return resolve_url(value)
        except NoReverseMatch:
            return None
    if value is None or isinstance(value, bool):
        return value
    return [str(item) for item in value] if isinstance(value, (list, tuple)) else str(value)

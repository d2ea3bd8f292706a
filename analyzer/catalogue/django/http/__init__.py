# Written by hand.
# What a request leads to: its user and its session are read when somebody asks for them.

import outgrow

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.functional import cached_property


# Engines that keep sessions out of the database.
ELSEWHERE = (
    "django.contrib.sessions.backends.cache",
    "django.contrib.sessions.backends.file",
    "django.contrib.sessions.backends.signed_cookies",
)


def in_database():
    return settings.SESSION_ENGINE not in ELSEWHERE


# Only how it begins is known of a path, from the route.
class RequestPath:
    def startswith(self, prefix, *bounds):
        return outgrow.path_begins(prefix)

    def __eq__(self, other):
        return outgrow.unknown()

    def __getattr__(self, name):
        return outgrow.unknown()


class HttpRequest:
    @property
    def path(self):
        return RequestPath()

    @property
    def path_info(self):
        return RequestPath()

    # Whoever asks for it may do something else under another one.
    @property
    def method(self):
        return outgrow.method(self.outgrow_method)

    # What the project's middleware makes lazily instead of Django's.
    outgrow_user = None

    @cached_property
    def user(self):
        if self.outgrow_user is not None:
            return self.outgrow_user._made
        self.session.load()
        return outgrow.row(get_user_model())

    @cached_property
    def session(self):
        return Session()

    @property
    def resolver_match(self):
        return outgrow.resolved()


# Its row is read once somebody asks for what is in it; whether it is empty, its key says.
class Session:
    accessed = True
    modified = False

    def load(self):
        if in_database():
            outgrow.reads("sessions.Session")

    def _asked(self):
        self.load()
        return outgrow.unknown()

    def _changed(self):
        self.load()
        self.modified = True
        if in_database():
            outgrow.writes("sessions.Session")

    def __setitem__(self, key, value):
        self._changed()

    def __getitem__(self, key):
        return self._asked()

    def __delitem__(self, key):
        self._changed()

    def __contains__(self, key):
        return self._asked()

    def get(self, key, default=None):
        return self._asked()

    def keys(self):
        return self._asked()

    def values(self):
        return self._asked()

    def items(self):
        return self._asked()

    def get_expiry_age(self):
        return self._asked()

    def get_expiry_date(self):
        return self._asked()

    def get_expire_at_browser_close(self):
        return self._asked()

    def pop(self, key, default=None):
        self._changed()
        return outgrow.unknown()

    def update(self, values):
        self._changed()

    def setdefault(self, key, value):
        self._changed()
        return outgrow.unknown()

    def is_empty(self):
        return outgrow.unknown()

    def set_expiry(self, value):
        self._changed()

    def save(self, must_create=False):
        self._changed()

    def create(self):
        self._changed()

    def flush(self):
        self._changed()

    def cycle_key(self):
        self._changed()

    def __getattr__(self, name):
        return outgrow.unknown()


class Answer:
    """What a view answers, as far as middleware looks at it: all went well, or nothing was found."""

    streaming = False

    @property
    def status_code(self):
        return outgrow.status()

    def __getattr__(self, name):
        return outgrow.unknown()

    def __getitem__(self, name):
        return outgrow.unknown()

    def __setitem__(self, name, value): ...

    def __contains__(self, name):
        return outgrow.unknown()


def get_response(request):
    return Answer()

# Written by hand.
# What a request leads to: its user and its session are read when somebody asks for them.

import outgrow

from django.contrib.auth import get_user_model
from django.utils.functional import cached_property


class HttpRequest:
    @cached_property
    def user(self):
        self.session
        return outgrow.row(get_user_model())

    @cached_property
    def session(self):
        outgrow.reads("sessions.Session")
        return Session()


class Session:
    def __setitem__(self, key, value):
        outgrow.writes("sessions.Session")

    def __getitem__(self, key):
        return outgrow.unknown()

    def __delitem__(self, key):
        outgrow.writes("sessions.Session")

    def __contains__(self, key):
        return outgrow.unknown()

    def get(self, key, default=None):
        return outgrow.unknown()

    def pop(self, key, default=None):
        outgrow.writes("sessions.Session")
        return outgrow.unknown()

    def setdefault(self, key, value):
        outgrow.writes("sessions.Session")
        return outgrow.unknown()

    def save(self, must_create=False):
        outgrow.writes("sessions.Session")

    def flush(self):
        outgrow.writes("sessions.Session")

    def cycle_key(self):
        outgrow.writes("sessions.Session")


class Answer:
    """What a view answers, as far as middleware looks at it: it went well."""

    status_code = 200
    streaming = False

    def __getattr__(self, name):
        return outgrow.unknown()

    def __getitem__(self, name):
        return outgrow.unknown()

    def __setitem__(self, name, value): ...

    def __contains__(self, name):
        return outgrow.unknown()


def get_response(request):
    return Answer()

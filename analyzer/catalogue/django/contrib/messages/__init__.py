# Written by hand.
# What django.contrib.messages does as far as tables are concerned: `SessionStorage` keeps messages
# in the session. `FallbackStorage`, which is the default, puts them into cookies, and into the
# session only what has no room there; that is left out.

import outgrow

from django.conf import settings


DEBUG = 10
INFO = 20
SUCCESS = 25
WARNING = 30
ERROR = 40


def in_session():
    return settings.MESSAGE_STORAGE == "django.contrib.messages.storage.session.SessionStorage"


class Storage:
    def __init__(self, request):
        self.request = request

    def __iter__(self):
        if in_session():
            self.request.session.pop("_messages", None)
        return outgrow.unknown()


def get_messages(request):
    return Storage(request)


def get_level(request):
    return outgrow.unknown()


def set_level(request, level):
    return True


def add_message(request, level, message, extra_tags="", fail_silently=False):
    if in_session():
        request.session["_messages"] = message


def debug(request, message, extra_tags="", fail_silently=False):
    add_message(request, DEBUG, message)


def info(request, message, extra_tags="", fail_silently=False):
    add_message(request, INFO, message)


def success(request, message, extra_tags="", fail_silently=False):
    add_message(request, SUCCESS, message)


def warning(request, message, extra_tags="", fail_silently=False):
    add_message(request, WARNING, message)


def error(request, message, extra_tags="", fail_silently=False):
    add_message(request, ERROR, message)

# Written by hand.
# Facts about django.conf.urls.static: files are served while DEBUG is on, from a local prefix.

from django.conf import settings
from django.urls import re_path
from django.views.static import serve


def _escaped(text):
    for character in ".-+*?()[]{}^$|":
        text = text.replace(character, "\\" + character)
    return text


def static(prefix, view=serve, **kwargs):
    if not settings.DEBUG or "://" in prefix or prefix.startswith("//"):
        return []
    return [re_path("^" + _escaped(prefix.lstrip("/")) + "(?P<path>.*)$", view, kwargs=kwargs)]

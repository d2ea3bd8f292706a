# Written by hand.
# Facts about django.conf.urls, with `url` as releases before 4.0 had it.

from django.urls import include, re_path


def url(regex, view, kwargs=None, name=None):
    return re_path(regex, view, kwargs, name)

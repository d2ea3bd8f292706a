# Written by hand.
# Facts about django.urls: where its names come from.

import outgrow

from django.urls.conf import include, path, re_path
from django.urls.converters import register_converter
from django.urls.resolvers import (
    LocalePrefixPattern,
    ResolverMatch,
    RegexPattern,
    RoutePattern,
    URLPattern,
    URLResolver,
)


def resolve(path, urlconf=None):
    return outgrow.resolved()

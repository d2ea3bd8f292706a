# Written by hand.
# Facts about django.urls: where its names come from.

from django.urls.conf import include, path, re_path
from django.urls.converters import register_converter
from django.urls.resolvers import (
    LocalePrefixPattern,
    RegexPattern,
    RoutePattern,
    URLPattern,
    URLResolver,
)

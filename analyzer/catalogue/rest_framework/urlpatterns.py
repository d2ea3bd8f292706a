# Written by hand.
# Facts about rest_framework.urlpatterns: the second pattern that takes a format suffix.

from django.conf import settings
from django.urls import RoutePattern, URLResolver, include, path, re_path


def _bare(route):
    return route.rstrip("$").rstrip("/")


def _apply(urlpatterns, regex, route, required):
    found = []
    for pattern in urlpatterns:
        text = str(pattern.pattern)
        make = path if isinstance(pattern.pattern, RoutePattern) else re_path
        if isinstance(pattern, URLResolver):
            inner = _apply(pattern.url_patterns, regex, route, required)
            found.append(make(text, include((inner, pattern.app_name), pattern.namespace)))
            continue
        if not required:
            found.append(pattern)
        suffix = route if isinstance(pattern.pattern, RoutePattern) else regex
        found.append(make(_bare(text) + suffix, pattern.callback, {}, pattern.name))
    return found


def format_suffix_patterns(urlpatterns, suffix_required=False, allowed=None):
    keyword = getattr(settings, "REST_FRAMEWORK", {}).get("FORMAT_SUFFIX_KWARG", "format")
    converter = "drf_format_suffix"
    if allowed:
        converter += "_" + "_".join(allowed)
        one = allowed[0] if len(allowed) == 1 else "(" + "|".join(allowed) + ")"
        regex = "\\.(?P<" + keyword + ">" + one + ")/?$"
    else:
        regex = "\\.(?P<" + keyword + ">[a-z0-9]+)/?$"
    return _apply(urlpatterns, regex, "<" + converter + ":" + keyword + ">", suffix_required)

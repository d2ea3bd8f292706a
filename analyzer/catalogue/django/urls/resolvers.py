# Written by hand.
# Facts about django.urls.resolvers: what a pattern holds. The analyzer reads these objects.

import outgrow


class ResolverMatch:
    """The route of the request; the names of its arguments are known."""

    def __getattr__(self, name):
        return outgrow.unknown()


class RoutePattern:
    def __init__(self, route, name=None, is_endpoint=False):
        self._route = route
        self.name = name

    def __str__(self):
        return self._route


class RegexPattern:
    def __init__(self, regex, name=None, is_endpoint=False):
        self._regex = regex
        self.name = name

    def __str__(self):
        return self._regex


class LocalePrefixPattern:
    def __init__(self, prefix_default_language=True):
        self.prefix_default_language = prefix_default_language


class URLPattern:
    def __init__(self, pattern, callback, default_args=None, name=None):
        self.pattern = pattern
        self.callback = callback
        self.default_args = default_args or {}
        self.name = name


class URLResolver:
    def __init__(
        self, pattern, urlconf_name, default_kwargs=None, app_name=None, namespace=None
    ):
        self.pattern = pattern
        self.urlconf_name = urlconf_name
        self.default_kwargs = default_kwargs or {}
        self.app_name = app_name
        self.namespace = namespace

    @property
    def urlconf_module(self):
        return self.urlconf_name

    @property
    def url_patterns(self):
        return getattr(self.urlconf_name, "urlpatterns", self.urlconf_name)

# Written by hand.
# Facts about djblets.urls.resolvers: an include whose patterns come and go.

from django.urls.resolvers import RegexPattern, URLResolver


class DynamicURLResolver(URLResolver):
    def __init__(self, regex="", app_name=None, namespace=None):
        super().__init__(RegexPattern(regex), [], app_name=app_name, namespace=namespace)

    def add_patterns(self, patterns):
        self.urlconf_name.extend(patterns)

    def remove_patterns(self, patterns):
        for pattern in patterns:
            if pattern in self.urlconf_name:
                self.urlconf_name.remove(pattern)

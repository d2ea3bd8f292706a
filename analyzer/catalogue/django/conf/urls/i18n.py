# Written by hand.
# Facts about django.conf.urls.i18n: the language prefix and the view that sets the language.

from django.conf import settings
from django.urls import LocalePrefixPattern, URLResolver, path
from django.views.i18n import set_language


def i18n_patterns(*urls, prefix_default_language=True):
    if not settings.USE_I18N:
        return list(urls)
    prefix = LocalePrefixPattern(prefix_default_language=prefix_default_language)
    return [URLResolver(prefix, list(urls))]


urlpatterns = [
    path("setlang/", set_language, name="set_language"),
]

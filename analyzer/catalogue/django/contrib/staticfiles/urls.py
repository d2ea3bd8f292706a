# Written by hand.
# Facts about django.contrib.staticfiles.urls.

from django.conf import settings
from django.conf.urls.static import static
from django.contrib.staticfiles.views import serve

urlpatterns = []


def staticfiles_urlpatterns(prefix=None):
    if prefix is None:
        prefix = settings.STATIC_URL
    return static(prefix, view=serve)


if settings.DEBUG and not urlpatterns:
    urlpatterns += staticfiles_urlpatterns()

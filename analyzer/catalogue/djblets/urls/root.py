# Written by hand.
# Facts about djblets.urls.root: a root URLconf that mounts the project's own below SITE_ROOT.

from django.conf import settings
from django.urls import include, path

urlpatterns = [path(settings.SITE_ROOT[1:], include(settings.SITE_ROOT_URLCONF))]

# Written by hand.
# Which site a request is for.

import outgrow

from django.apps import apps


def get_current_site(request):
    if apps.is_installed("django.contrib.sites"):
        from .models import Site

        return Site.objects.get_current(request)
    return outgrow.unknown()

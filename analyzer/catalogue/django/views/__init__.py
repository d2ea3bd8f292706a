# Written by hand.
# The name that django.views gathers.

from django.views.generic.base import View

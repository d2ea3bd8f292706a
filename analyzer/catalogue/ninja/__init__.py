# Written by hand.
# Facts about ninja: where its names come from.

from ninja.main import NinjaAPI
from ninja.router import Router

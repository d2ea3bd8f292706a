# Facts about django.contrib.flatpages.views, written by generate.py.

from django.contrib.flatpages.models import FlatPage


DEFAULT_TEMPLATE = 'flatpages/default.html'


def flatpage(*args, **kwargs): ...


def render_flatpage(*args, **kwargs): ...

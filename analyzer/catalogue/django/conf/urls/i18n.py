# Facts about django.conf.urls.i18n, written by generate.py.

from django.views.i18n import set_language


def i18n_patterns(*args, **kwargs): ...

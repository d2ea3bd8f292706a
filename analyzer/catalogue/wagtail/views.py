# Facts about wagtail.views, written by generate.py.

from wagtail.models import Page


def serve_chain(*args, **kwargs): ...


def serve(*args, **kwargs): ...


def authenticate_with_password(*args, **kwargs): ...

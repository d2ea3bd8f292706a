# Facts about wagtail.views, written by generate.py.

from wagtail.models import Page
from wagtail.models.pages import PageViewRestriction


def serve_chain(*args, **kwargs): ...


def serve(*args, **kwargs): ...


def authenticate_with_password(*args, **kwargs): ...

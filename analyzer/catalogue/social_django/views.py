# Facts about social_django.views, written by generate.py.


REDIRECT_FIELD_NAME = 'next'
NAMESPACE = 'social'
DEFAULT_SESSION_TIMEOUT = None


def auth(*args, **kwargs): ...


def idp_launch(*args, **kwargs): ...


def app_launch(*args, **kwargs): ...


def complete(*args, **kwargs): ...


def disconnect(*args, **kwargs): ...


def get_session_timeout(*args, **kwargs): ...

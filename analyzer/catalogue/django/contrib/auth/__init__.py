# Facts about django.contrib.auth, written by generate.py.

from django.views.decorators.debug import sensitive_variables


SESSION_KEY = '_auth_user_id'
BACKEND_SESSION_KEY = '_auth_user_backend'
HASH_SESSION_KEY = '_auth_user_hash'
REDIRECT_FIELD_NAME = 'next'


def load_backend(*args, **kwargs): ...


def get_backends(*args, **kwargs): ...


def authenticate(*args, **kwargs): ...


def aauthenticate(*args, **kwargs): ...


def login(*args, **kwargs): ...


def alogin(*args, **kwargs): ...


def logout(*args, **kwargs): ...


def alogout(*args, **kwargs): ...


def get_user_model(*args, **kwargs): ...


def get_user(*args, **kwargs): ...


def aget_user(*args, **kwargs): ...


def get_permission_codename(*args, **kwargs): ...


def update_session_auth_hash(*args, **kwargs): ...


def aupdate_session_auth_hash(*args, **kwargs): ...

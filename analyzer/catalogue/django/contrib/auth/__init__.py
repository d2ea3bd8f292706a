# Written by hand.
# What django.contrib.auth does as far as tables are concerned.

import outgrow

from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.utils.module_loading import import_string

from django.views.decorators.debug import sensitive_variables


SESSION_KEY = '_auth_user_id'
BACKEND_SESSION_KEY = '_auth_user_backend'
HASH_SESSION_KEY = '_auth_user_hash'
REDIRECT_FIELD_NAME = 'next'


def load_backend(*args, **kwargs): ...


def get_backends(*args, **kwargs): ...


def authenticate(request=None, **credentials):
    for path in settings.AUTHENTICATION_BACKENDS:
        import_string(path)().authenticate(request, **credentials)
    return outgrow.row(get_user_model())


def aauthenticate(*args, **kwargs): ...


def login(request, user, backend=None):
    request.session.cycle_key()
    user_logged_in.send(sender=type(user), request=request, user=user)


def alogin(*args, **kwargs): ...


def logout(request):
    user_logged_out.send(sender=type(request.user), request=request, user=request.user)
    request.session.flush()


def alogout(*args, **kwargs): ...


def get_user_model(*args, **kwargs): ...


# What makes the user of a request may be asked for it by the project's own.
def get_user(request):
    request.session.load()
    return outgrow.row(get_user_model())


def aget_user(*args, **kwargs): ...


def get_permission_codename(*args, **kwargs): ...


def update_session_auth_hash(request, user):
    request.session.cycle_key()


def aupdate_session_auth_hash(*args, **kwargs): ...

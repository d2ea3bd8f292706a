# Facts about hijack.views, written by generate.py.

from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.mixins import UserPassesTestMixin
from django.contrib.auth.models import User
from django.views.generic.base import View
from django.views.generic.detail import SingleObjectMixin


BACKEND_SESSION_KEY = '_auth_user_backend'


def get_used_backend(*args, **kwargs): ...


def keep_session_age(*args, **kwargs): ...


class SuccessUrlMixin:
    redirect_field_name = 'next'
    success_url = '/'

    def get_success_url(self, *args, **kwargs): ...

    def get_redirect_url(self, *args, **kwargs): ...


class LockUserTableMixin:

    def dispatch(self, *args, **kwargs): ...


class AcquireUserView(
    LoginRequiredMixin,
    LockUserTableMixin,
    UserPassesTestMixin,
    SuccessUrlMixin,
    SingleObjectMixin,
    View,
):
    model = User
    success_url = '/accounts/profile/'

    def test_func(self, *args, **kwargs): ...

    def get_object(self, *args, **kwargs): ...

    def dispatch(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...


class ReleaseUserView(
    LoginRequiredMixin,
    LockUserTableMixin,
    UserPassesTestMixin,
    SuccessUrlMixin,
    View,
):
    raise_exception = True
    success_url = None

    def test_func(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...

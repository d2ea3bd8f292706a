# Facts about django.contrib.auth.mixins, written by generate.py.


REDIRECT_FIELD_NAME = 'next'


class AccessMixin:
    login_url = None
    permission_denied_message = ''
    raise_exception = False
    redirect_field_name = 'next'

    def get_login_url(self, *args, **kwargs): ...

    def get_permission_denied_message(self, *args, **kwargs): ...

    def get_redirect_field_name(self, *args, **kwargs): ...

    def handle_no_permission(self, *args, **kwargs): ...


class LoginRequiredMixin(AccessMixin):

    def dispatch(self, *args, **kwargs): ...


class PermissionRequiredMixin(AccessMixin):
    permission_required = None

    def get_permission_required(self, *args, **kwargs): ...

    def has_permission(self, *args, **kwargs): ...

    def dispatch(self, *args, **kwargs): ...


class UserPassesTestMixin(AccessMixin):

    def test_func(self, *args, **kwargs): ...

    def get_test_func(self, *args, **kwargs): ...

    def dispatch(self, *args, **kwargs): ...

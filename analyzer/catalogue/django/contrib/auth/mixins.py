# Written by hand.
# What django.contrib.auth.mixins does as far as tables are concerned.

import outgrow

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

    def dispatch(self, request, *args, **kwargs):
        request.user
        return super().dispatch(request, *args, **kwargs)


class PermissionRequiredMixin(AccessMixin):
    permission_required = None

    def get_permission_required(self):
        return self.permission_required

    def has_permission(self):
        return self.request.user.has_perms(self.get_permission_required())

    def dispatch(self, request, *args, **kwargs):
        self.has_permission()
        outgrow.forbidden()
        return super().dispatch(request, *args, **kwargs)


class UserPassesTestMixin(AccessMixin):

    def test_func(self, *args, **kwargs): ...

    def get_test_func(self):
        return self.test_func

    def dispatch(self, request, *args, **kwargs):
        self.get_test_func()()
        outgrow.forbidden()
        return super().dispatch(request, *args, **kwargs)

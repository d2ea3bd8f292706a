# Facts about django.contrib.admin.forms, written by generate.py.

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.forms import PasswordChangeForm


class AdminAuthenticationForm(AuthenticationForm):
    required_css_class = 'required'

    def confirm_login_allowed(self, *args, **kwargs): ...

    @property
    def media(self): ...


class AdminPasswordChangeForm(PasswordChangeForm):
    required_css_class = 'required'

    @property
    def media(self): ...

# Facts about django.contrib.auth.forms, written by generate.py.

from django.contrib.auth import authenticate
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.forms.forms import Form
from django.forms.models import ModelForm
from django.views.decorators.debug import sensitive_variables


class ReadOnlyPasswordHashWidget:
    template_name = 'auth/widgets/read_only_password_hash.html'
    read_only = True

    def get_context(self, *args, **kwargs): ...

    def id_for_label(self, *args, **kwargs): ...

    @property
    def media(self): ...


class ReadOnlyPasswordHashField:
    pass


class UsernameField:

    def to_python(self, *args, **kwargs): ...

    def widget_attrs(self, *args, **kwargs): ...


class SetPasswordMixin:

    @staticmethod
    def create_password_fields(*args, **kwargs): ...

    def validate_passwords(self, *args, **kwargs): ...

    def validate_password_for_user(self, *args, **kwargs): ...

    def set_password_and_save(self, *args, **kwargs): ...


class SetUnusablePasswordMixin:

    @staticmethod
    def create_usable_password_field(*args, **kwargs): ...

    def validate_passwords(self, *args, **kwargs): ...

    def validate_password_for_user(self, *args, **kwargs): ...

    def set_password_and_save(self, *args, **kwargs): ...


class BaseUserCreationForm(SetPasswordMixin, ModelForm):

    def clean(self, *args, **kwargs): ...

    def save(self, *args, **kwargs): ...

    @property
    def media(self): ...


class UserCreationForm(BaseUserCreationForm):

    def clean_username(self, *args, **kwargs): ...

    @property
    def media(self): ...


class UserChangeForm(ModelForm):

    @property
    def media(self): ...


class AuthenticationForm(Form):

    def clean(self, *args, **kwargs): ...

    def confirm_login_allowed(self, *args, **kwargs): ...

    def get_user(self, *args, **kwargs): ...

    def get_invalid_login_error(self, *args, **kwargs): ...

    @property
    def media(self): ...


class PasswordResetForm(Form):

    def send_mail(self, *args, **kwargs): ...

    def get_users(self, *args, **kwargs): ...

    def save(self, *args, **kwargs): ...

    @property
    def media(self): ...


class SetPasswordForm(SetPasswordMixin, Form):

    def clean(self, *args, **kwargs): ...

    def save(self, *args, **kwargs): ...

    @property
    def media(self): ...


class PasswordChangeForm(SetPasswordForm):
    field_order = ['old_password', 'new_password1', 'new_password2']

    def clean_old_password(self, *args, **kwargs): ...

    @property
    def media(self): ...


class AdminPasswordChangeForm(SetUnusablePasswordMixin, SetPasswordMixin, Form):
    required_css_class = 'required'

    def clean(self, *args, **kwargs): ...

    def save(self, *args, **kwargs): ...

    @property
    def changed_data(self): ...

    @property
    def media(self): ...


class AdminUserCreationForm(SetUnusablePasswordMixin, UserCreationForm):

    @property
    def media(self): ...

# Written by hand.
# What django.contrib.auth.forms does as far as tables are concerned.

import outgrow

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

    def clean(self):
        return super().clean()

    def save(self, commit=True):
        return super().save(commit)

    @property
    def media(self): ...


class UserCreationForm(BaseUserCreationForm):

    def clean_username(self):
        outgrow.reads(get_user_model())
        return outgrow.unknown()

    @property
    def media(self): ...


class UserChangeForm(ModelForm):

    @property
    def media(self): ...


class AuthenticationForm(Form):

    def clean(self):
        self.user_cache = authenticate(self.request)
        self.confirm_login_allowed(self.user_cache)
        return self.cleaned_data

    def confirm_login_allowed(self, *args, **kwargs): ...

    def get_user(self):
        return self.user_cache

    def get_invalid_login_error(self, *args, **kwargs): ...

    @property
    def media(self): ...

    def __init__(self, request=None, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request
        self.user_cache = None


class PasswordResetForm(Form):

    def send_mail(self, *args, **kwargs): ...

    def get_users(self, email):
        return get_user_model()._default_manager.filter(email=email)

    def save(self, **kwargs):
        for user in self.get_users(outgrow.unknown()):
            self.send_mail(user)

    @property
    def media(self): ...


class SetPasswordForm(SetPasswordMixin, Form):

    def clean(self):
        return super().clean()

    def save(self, commit=True):
        if commit:
            self.user.save()
        return self.user

    @property
    def media(self): ...

    def __init__(self, user, *args, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)


class PasswordChangeForm(SetPasswordForm):
    field_order = ['old_password', 'new_password1', 'new_password2']

    def clean_old_password(self, *args, **kwargs): ...

    @property
    def media(self): ...


class AdminPasswordChangeForm(SetUnusablePasswordMixin, SetPasswordMixin, Form):
    required_css_class = 'required'

    def clean(self, *args, **kwargs): ...

    def save(self, commit=True):
        if commit:
            self.user.save()
        return self.user

    @property
    def changed_data(self): ...

    @property
    def media(self): ...

    def __init__(self, user, *args, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)


class AdminUserCreationForm(SetUnusablePasswordMixin, UserCreationForm):

    @property
    def media(self): ...

# Facts about django.contrib.auth.views, written by generate.py.

from django.contrib.auth import get_user_model
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.forms import SetPasswordForm
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic.base import TemplateView
from django.views.generic.edit import FormView


REDIRECT_FIELD_NAME = 'next'
INTERNAL_RESET_SESSION_TOKEN = '_password_reset_token'


class RedirectURLMixin:
    next_page = None
    redirect_field_name = 'next'

    def get_success_url(self, *args, **kwargs): ...

    def get_redirect_url(self, *args, **kwargs): ...

    def get_success_url_allowed_hosts(self, *args, **kwargs): ...

    def get_default_redirect_url(self, *args, **kwargs): ...


class LoginView(RedirectURLMixin, FormView):
    authentication_form = None
    template_name = 'registration/login.html'
    redirect_authenticated_user = False
    extra_context = None

    def dispatch(self, *args, **kwargs): ...

    def get_default_redirect_url(self, *args, **kwargs): ...

    def get_form_class(self, *args, **kwargs): ...

    def get_form_kwargs(self, *args, **kwargs): ...

    def form_valid(self, *args, **kwargs): ...

    def get_context_data(self, *args, **kwargs): ...


class LogoutView(RedirectURLMixin, TemplateView):
    http_method_names = ['post', 'options']
    template_name = 'registration/logged_out.html'
    extra_context = None

    def dispatch(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...

    def get_default_redirect_url(self, *args, **kwargs): ...

    def get_context_data(self, *args, **kwargs): ...


def logout_then_login(*args, **kwargs): ...


def redirect_to_login(*args, **kwargs): ...


class PasswordContextMixin:
    extra_context = None

    def get_context_data(self, *args, **kwargs): ...


class PasswordResetView(PasswordContextMixin, FormView):
    email_template_name = 'registration/password_reset_email.html'
    extra_email_context = None
    from_email = None
    html_email_template_name = None
    subject_template_name = 'registration/password_reset_subject.txt'
    template_name = 'registration/password_reset_form.html'

    def dispatch(self, *args, **kwargs): ...

    def form_valid(self, *args, **kwargs): ...


class PasswordResetDoneView(PasswordContextMixin, TemplateView):
    template_name = 'registration/password_reset_done.html'

    def dispatch(self, *args, **kwargs): ...


class PasswordResetConfirmView(PasswordContextMixin, FormView):
    post_reset_login = False
    post_reset_login_backend = None
    reset_url_token = 'set-password'
    template_name = 'registration/password_reset_confirm.html'

    def dispatch(self, *args, **kwargs): ...

    def get_user(self, *args, **kwargs): ...

    def get_form_kwargs(self, *args, **kwargs): ...

    def form_valid(self, *args, **kwargs): ...

    def get_context_data(self, *args, **kwargs): ...


class PasswordResetCompleteView(PasswordContextMixin, TemplateView):
    template_name = 'registration/password_reset_complete.html'

    def get_context_data(self, *args, **kwargs): ...

    def dispatch(self, *args, **kwargs): ...


class PasswordChangeView(PasswordContextMixin, FormView):
    template_name = 'registration/password_change_form.html'

    def dispatch(self, *args, **kwargs): ...

    def get_form_kwargs(self, *args, **kwargs): ...

    def form_valid(self, *args, **kwargs): ...


class PasswordChangeDoneView(PasswordContextMixin, TemplateView):
    template_name = 'registration/password_change_done.html'

    def dispatch(self, *args, **kwargs): ...

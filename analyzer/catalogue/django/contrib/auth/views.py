# Written by hand.
# What django.contrib.auth.views does as far as tables are concerned.

import outgrow

from django.contrib.auth import login, logout

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
    form_class = AuthenticationForm
    authentication_form = None
    template_name = 'registration/login.html'
    redirect_authenticated_user = False
    extra_context = None

    def dispatch(self, request, *args, **kwargs):
        if self.redirect_authenticated_user:
            request.user
        return super().dispatch(request, *args, **kwargs)

    def get_default_redirect_url(self, *args, **kwargs): ...

    def get_form_class(self):
        return self.authentication_form or self.form_class

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs["request"] = self.request
        return kwargs

    def form_valid(self, form):
        login(self.request, form.get_user())
        return self.get_success_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs)


class LogoutView(RedirectURLMixin, TemplateView):
    http_method_names = ['post', 'options']
    template_name = 'registration/logged_out.html'
    extra_context = None

    def dispatch(self, request, *args, **kwargs):
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        logout(request)
        return self.get(request, *args, **kwargs)

    def get_default_redirect_url(self, *args, **kwargs): ...

    def get_context_data(self, *args, **kwargs): ...


def logout_then_login(*args, **kwargs): ...


def redirect_to_login(*args, **kwargs): ...


class PasswordContextMixin:
    extra_context = None

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs)


class PasswordResetView(PasswordContextMixin, FormView):
    form_class = PasswordResetForm
    email_template_name = 'registration/password_reset_email.html'
    extra_email_context = None
    from_email = None
    html_email_template_name = None
    subject_template_name = 'registration/password_reset_subject.txt'
    template_name = 'registration/password_reset_form.html'

    def dispatch(self, *args, **kwargs):
        return super().dispatch(*args, **kwargs)

    def form_valid(self, form):
        form.save()
        return super().form_valid(form)


class PasswordResetDoneView(PasswordContextMixin, TemplateView):
    template_name = 'registration/password_reset_done.html'

    def dispatch(self, *args, **kwargs): ...


class PasswordResetConfirmView(PasswordContextMixin, FormView):
    form_class = SetPasswordForm
    post_reset_login = False
    post_reset_login_backend = None
    reset_url_token = 'set-password'
    template_name = 'registration/password_reset_confirm.html'

    def dispatch(self, *args, **kwargs):
        self.user = self.get_user(outgrow.unknown())
        return super().dispatch(*args, **kwargs)

    def get_user(self, uidb64):
        return outgrow.row(get_user_model())

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs["user"] = self.user
        return kwargs

    def form_valid(self, form):
        form.save()
        self.request.session["_password_reset_token"]
        return super().form_valid(form)

    def get_context_data(self, *args, **kwargs): ...


class PasswordResetCompleteView(PasswordContextMixin, TemplateView):
    template_name = 'registration/password_reset_complete.html'

    def get_context_data(self, *args, **kwargs): ...

    def dispatch(self, *args, **kwargs): ...


class PasswordChangeView(PasswordContextMixin, FormView):
    form_class = PasswordChangeForm
    template_name = 'registration/password_change_form.html'

    def dispatch(self, request, *args, **kwargs):
        request.user
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs["user"] = self.request.user
        return kwargs

    def form_valid(self, form):
        form.save()
        update_session_auth_hash(self.request, form.user)
        return super().form_valid(form)


class PasswordChangeDoneView(PasswordContextMixin, TemplateView):
    template_name = 'registration/password_change_done.html'

    def dispatch(self, request, *args, **kwargs):
        request.user
        return super().dispatch(request, *args, **kwargs)

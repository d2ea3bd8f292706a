# Facts about allauth.socialaccount.views, written by generate.py.

from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.models import SocialLogin
from django.views.generic.base import TemplateView
from django.views.generic.edit import FormView


class SignupView(FormView):
    template_name = 'socialaccount/signup.html'

    def get_form_class(self, *args, **kwargs): ...

    def dispatch(self, *args, **kwargs): ...

    def is_open(self, *args, **kwargs): ...

    def get_form_kwargs(self, *args, **kwargs): ...

    def form_valid(self, *args, **kwargs): ...

    def get_context_data(self, *args, **kwargs): ...

    def get_authenticated_redirect_url(self, *args, **kwargs): ...


class LoginCancelledView(TemplateView):
    template_name = 'socialaccount/login_cancelled.html'

    def get_context_data(self, *args, **kwargs): ...

    def dispatch(self, *args, **kwargs): ...


class LoginErrorView(TemplateView):
    template_name = 'socialaccount/authentication_error.html'

    def get(self, *args, **kwargs): ...

    def get_context_data(self, *args, **kwargs): ...


class ConnectionsView(FormView):
    template_name = 'socialaccount/connections.html'

    def get_form_class(self, *args, **kwargs): ...

    def get_form_kwargs(self, *args, **kwargs): ...

    def form_valid(self, *args, **kwargs): ...

    def get_ajax_data(self, *args, **kwargs): ...

    def dispatch(self, *args, **kwargs): ...

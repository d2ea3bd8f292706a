# Facts about oauth2_provider.views.base, written by generate.py.

from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic.base import View
from django.views.generic.edit import FormView
from oauth2_provider.views.mixins import OAuthLibMixin


class BaseAuthorizationView(LoginRequiredMixin, OAuthLibMixin, View):

    def dispatch(self, *args, **kwargs): ...

    def error_response(self, *args, **kwargs): ...

    def redirect(self, *args, **kwargs): ...


class AuthorizationView(BaseAuthorizationView, FormView):
    template_name = 'oauth2_provider/authorize.html'
    skip_authorization_completely = False

    def get_initial(self, *args, **kwargs): ...

    def form_valid(self, *args, **kwargs): ...

    def get(self, *args, **kwargs): ...

    def handle_prompt_login(self, *args, **kwargs): ...

    def handle_prompt_create(self, *args, **kwargs): ...

    def handle_no_permission(self, *args, **kwargs): ...


class TokenView(OAuthLibMixin, View):

    def authorization_flow_token_response(self, *args, **kwargs): ...

    def device_flow_token_response(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...

    def dispatch(self, *args, **kwargs): ...


class RevokeTokenView(OAuthLibMixin, View):

    def post(self, *args, **kwargs): ...

    def dispatch(self, *args, **kwargs): ...

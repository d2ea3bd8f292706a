# Facts about oauth2_provider.views.oidc, written by generate.py.

from django.views.generic.base import View
from django.views.generic.edit import FormView
from oauth2_provider.models import AbstractGrant
from oauth2_provider.models import Application
from oauth2_provider.models import get_access_token_model
from oauth2_provider.models import get_application_model
from oauth2_provider.models import get_id_token_model
from oauth2_provider.models import get_refresh_token_model
from oauth2_provider.views.mixins import OAuthLibMixin
from oauth2_provider.views.mixins import OIDCLogoutOnlyMixin
from oauth2_provider.views.mixins import OIDCOnlyMixin


class ConnectDiscoveryInfoView(OIDCOnlyMixin, View):

    def get(self, *args, **kwargs): ...

    def dispatch(self, *args, **kwargs): ...


class JwksInfoView(OIDCOnlyMixin, View):

    def get(self, *args, **kwargs): ...

    def dispatch(self, *args, **kwargs): ...


class UserInfoView(OIDCOnlyMixin, OAuthLibMixin, View):

    def get(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...

    def dispatch(self, *args, **kwargs): ...


class RPInitiatedLogoutView(OIDCLogoutOnlyMixin, FormView):
    template_name = 'oauth2_provider/logout_confirm.html'
    token_deletion_client_types = ['public', 'confidential']

    def get_initial(self, *args, **kwargs): ...

    def dispatch(self, *args, **kwargs): ...

    def get(self, *args, **kwargs): ...

    def form_valid(self, *args, **kwargs): ...

    def validate_post_logout_redirect_uri(self, *args, **kwargs): ...

    def validate_logout_request_user(self, *args, **kwargs): ...

    def get_request_application(self, *args, **kwargs): ...

    def validate_logout_request(self, *args, **kwargs): ...

    def must_prompt(self, *args, **kwargs): ...

    def do_logout(self, *args, **kwargs): ...

    def error_response(self, *args, **kwargs): ...

# Facts about oauth2_provider.views.mixins, written by generate.py.


SAFE_HTTP_METHODS = ['GET', 'HEAD', 'OPTIONS']


class OAuthLibMixin:
    server_class = None
    validator_class = None
    oauthlib_backend_class = None

    @classmethod
    def get_server_class(*args, **kwargs): ...

    @classmethod
    def get_validator_class(*args, **kwargs): ...

    @classmethod
    def get_oauthlib_backend_class(*args, **kwargs): ...

    @classmethod
    def get_server(*args, **kwargs): ...

    @classmethod
    def get_oauthlib_core(*args, **kwargs): ...

    def validate_authorization_request(self, *args, **kwargs): ...

    def create_authorization_response(self, *args, **kwargs): ...

    def create_device_authorization_response(self, *args, **kwargs): ...

    def create_token_response(self, *args, **kwargs): ...

    def create_revocation_response(self, *args, **kwargs): ...

    def create_userinfo_response(self, *args, **kwargs): ...

    def verify_request(self, *args, **kwargs): ...

    def get_scopes(self, *args, **kwargs): ...

    def error_response(self, *args, **kwargs): ...

    def authenticate_client(self, *args, **kwargs): ...

    def unauthenticated_response(self, *args, **kwargs): ...


class ScopedResourceMixin:
    required_scopes = None

    def get_scopes(self, *args, **kwargs): ...


class ProtectedResourceMixin(OAuthLibMixin):

    def dispatch(self, *args, **kwargs): ...


class ReadWriteScopedResourceMixin(ScopedResourceMixin, OAuthLibMixin):
    required_scopes = []
    read_write_scope = None

    def dispatch(self, *args, **kwargs): ...

    def get_scopes(self, *args, **kwargs): ...


class ClientProtectedResourceMixin(OAuthLibMixin):

    def dispatch(self, *args, **kwargs): ...


class ProtectedResourceMetadataMixin(OAuthLibMixin):
    www_authenticate_realm = None
    resource_metadata_url = None

    def get_resource_metadata_url(self, *args, **kwargs): ...

    def unauthenticated_response(self, *args, **kwargs): ...


class OIDCOnlyMixin:

    def dispatch(self, *args, **kwargs): ...


class OIDCLogoutOnlyMixin(OIDCOnlyMixin):

    def dispatch(self, *args, **kwargs): ...

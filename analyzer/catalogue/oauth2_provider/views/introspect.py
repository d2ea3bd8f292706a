# Facts about oauth2_provider.views.introspect, written by generate.py.

from oauth2_provider.views.generic import ClientProtectedScopedResourceView


class IntrospectTokenView(ClientProtectedScopedResourceView):
    required_scopes = ['introspection']

    @staticmethod
    def get_token_response(*args, **kwargs): ...

    def get(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...

    def dispatch(self, *args, **kwargs): ...

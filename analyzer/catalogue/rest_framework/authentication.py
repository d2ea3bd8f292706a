# Written by hand.
# What rest_framework.authentication does as far as tables are concerned.

import outgrow

from django.contrib.auth import get_user_model


class BaseAuthentication:
    def authenticate(self, request):
        return outgrow.unknown()

    def authenticate_header(self, request): ...


# Each answers None to a request that does not carry what it looks for.
class BasicAuthentication(BaseAuthentication):
    def authenticate(self, request):
        if outgrow.unknown():
            return None
        return self.authenticate_credentials(outgrow.unknown(), outgrow.unknown(), request)

    def authenticate_credentials(self, userid, password, request=None):
        return (outgrow.row(get_user_model()), None)


class SessionAuthentication(BaseAuthentication):
    def authenticate(self, request):
        user = request._request.user
        if outgrow.unknown():
            return None
        return (user, None)

    def enforce_csrf(self, request): ...


class TokenAuthentication(BaseAuthentication):
    keyword = "Token"
    model = None

    def get_model(self):
        if self.model is not None:
            return self.model
        from rest_framework.authtoken.models import Token

        return Token

    def authenticate(self, request):
        if outgrow.unknown():
            return None
        return self.authenticate_credentials(outgrow.unknown())

    def authenticate_credentials(self, key):
        token = self.get_model().objects.select_related("user").get(key=key)
        return (token.user, token)


class RemoteUserAuthentication(BaseAuthentication):
    def authenticate(self, request):
        if outgrow.unknown():
            return None
        return (outgrow.row(get_user_model()), None)

# Written by hand.
# Facts about ninja.security: who asks whom for the caller. What a request brings is not known.

import outgrow


class HttpBearer:
    def __call__(self, request):
        return self.authenticate(request, outgrow.unknown())


class HttpBasicAuth:
    def __call__(self, request):
        return self.authenticate(request, outgrow.unknown(), outgrow.unknown())


class APIKeyQuery:
    def __call__(self, request):
        return self.authenticate(request, outgrow.unknown())


class APIKeyHeader:
    def __call__(self, request):
        return self.authenticate(request, outgrow.unknown())


class APIKeyCookie:
    def __call__(self, request):
        return self.authenticate(request, outgrow.unknown())


class SessionAuth(APIKeyCookie):
    def authenticate(self, request, key):
        return request.user


class SessionAuthSuperUser(SessionAuth): ...


class SessionAuthIsStaff(SessionAuth): ...


django_auth = SessionAuth()
django_auth_superuser = SessionAuthSuperUser()
django_auth_is_staff = SessionAuthIsStaff()

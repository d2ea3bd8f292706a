# Written by hand.
# What rest_framework.request does as far as tables are concerned: the user is found by the
# authentication classes in turn, the rest is Django's request.

import outgrow

from django.contrib.auth import get_user_model
from django.utils.functional import cached_property


class Request:
    def __init__(self, request, authenticators=None):
        self._request = request
        self.authenticators = authenticators
        self.data = outgrow.unknown()
        self.query_params = outgrow.unknown()
        self.method = request.method

    @cached_property
    def authenticated(self):
        for authenticator in self.authenticators:
            answer = authenticator.authenticate(self)
            if answer is not None:
                return answer
        return (None, None)

    @cached_property
    def user(self):
        self.authenticated
        user = outgrow.row(get_user_model())
        self._request.user = user
        return user

    @cached_property
    def auth(self):
        return self.authenticated[1]

    def __getattr__(self, name):
        return getattr(self._request, name)

# Written by hand.
# What rest_framework_simplejwt.authentication does as far as tables are concerned.

import outgrow

from django.contrib.auth import get_user_model
from rest_framework.authentication import BaseAuthentication


class JWTAuthentication(BaseAuthentication):
    def authenticate(self, request):
        if outgrow.unknown():
            return None
        return (self.get_user(outgrow.unknown()), outgrow.unknown())

    def get_user(self, validated_token):
        return outgrow.row(get_user_model())


class JWTStatelessUserAuthentication(JWTAuthentication):
    def get_user(self, validated_token):
        return outgrow.unknown()

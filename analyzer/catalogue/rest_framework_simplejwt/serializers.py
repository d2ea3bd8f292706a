# Written by hand.
# What rest_framework_simplejwt.serializers does as far as tables are concerned: the blacklist, where
# it is installed, keeps every refresh token.

import outgrow

from django.contrib.auth import authenticate, get_user_model
from rest_framework import serializers


def issue():
    outgrow.writes("token_blacklist.OutstandingToken")


def check():
    outgrow.reads("token_blacklist.BlacklistedToken")


def retire():
    outgrow.reads("token_blacklist.OutstandingToken")
    outgrow.reads("token_blacklist.BlacklistedToken")
    outgrow.writes("token_blacklist.OutstandingToken")
    outgrow.writes("token_blacklist.BlacklistedToken")


class TokenObtainSerializer(serializers.Serializer):
    @classmethod
    def get_token(cls, user):
        issue()
        return outgrow.unknown()

    def validate(self, attrs):
        self.user = authenticate(self.context.get("request"))
        return {}


class TokenObtainPairSerializer(TokenObtainSerializer):
    def validate(self, attrs):
        data = super().validate(attrs)
        self.get_token(self.user)
        return data


class TokenObtainSlidingSerializer(TokenObtainPairSerializer):
    pass


class TokenRefreshSerializer(serializers.Serializer):
    def validate(self, attrs):
        outgrow.reads(get_user_model())
        check()
        retire()
        return outgrow.unknown()


class TokenRefreshSlidingSerializer(TokenRefreshSerializer):
    pass


class TokenVerifySerializer(serializers.Serializer):
    def validate(self, attrs):
        check()
        return {}


class TokenBlacklistSerializer(serializers.Serializer):
    def validate(self, attrs):
        retire()
        return {}

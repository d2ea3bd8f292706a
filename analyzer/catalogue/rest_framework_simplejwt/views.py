# Written by hand.
# What rest_framework_simplejwt.views does as far as tables are concerned.

from django.utils.module_loading import import_string

from rest_framework.generics import GenericAPIView


AUTH_HEADER_TYPES = ('Bearer',)


class TokenViewBase(GenericAPIView):
    permission_classes = ()
    authentication_classes = ()
    serializer_class = None
    www_authenticate_realm = 'api'

    def get_serializer_class(self):
        return self.serializer_class or import_string(self._serializer_class)

    def get_authenticate_header(self, *args, **kwargs): ...

    def post(self, request, *args, **kwargs):
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data


class TokenObtainPairView(TokenViewBase):
    _serializer_class = "rest_framework_simplejwt.serializers.TokenObtainPairSerializer"


class TokenRefreshView(TokenViewBase):
    _serializer_class = "rest_framework_simplejwt.serializers.TokenRefreshSerializer"


class TokenObtainSlidingView(TokenViewBase):
    _serializer_class = "rest_framework_simplejwt.serializers.TokenObtainSlidingSerializer"


class TokenRefreshSlidingView(TokenViewBase):
    _serializer_class = "rest_framework_simplejwt.serializers.TokenRefreshSlidingSerializer"


class TokenVerifyView(TokenViewBase):
    _serializer_class = "rest_framework_simplejwt.serializers.TokenVerifySerializer"


class TokenBlacklistView(TokenViewBase):
    _serializer_class = "rest_framework_simplejwt.serializers.TokenBlacklistSerializer"

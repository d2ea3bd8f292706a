# Facts about rest_framework_simplejwt.views, written by generate.py.

from rest_framework.generics import GenericAPIView


AUTH_HEADER_TYPES = ('Bearer',)


class TokenViewBase(GenericAPIView):
    permission_classes = ()
    authentication_classes = ()
    serializer_class = None
    www_authenticate_realm = 'api'

    def get_serializer_class(self, *args, **kwargs): ...

    def get_authenticate_header(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...


class TokenObtainPairView(TokenViewBase):
    pass


class TokenRefreshView(TokenViewBase):
    pass


class TokenObtainSlidingView(TokenViewBase):
    pass


class TokenRefreshSlidingView(TokenViewBase):
    pass


class TokenVerifyView(TokenViewBase):
    pass


class TokenBlacklistView(TokenViewBase):
    pass

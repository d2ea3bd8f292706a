# Facts about dj_rest_auth.views, written by generate.py.

from dj_rest_auth.models import get_token_model
from rest_framework.generics import GenericAPIView
from rest_framework.generics import RetrieveUpdateAPIView
from rest_framework.views import APIView


class LoginView(GenericAPIView):
    throttle_scope = 'dj_rest_auth'
    user = None
    access_token = None
    token = None

    def dispatch(self, *args, **kwargs): ...

    def process_login(self, *args, **kwargs): ...

    def get_response_serializer(self, *args, **kwargs): ...

    def login(self, *args, **kwargs): ...

    def get_response(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...


class LogoutView(APIView):
    throttle_scope = 'dj_rest_auth'

    def get(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...

    def logout(self, *args, **kwargs): ...


class UserDetailsView(RetrieveUpdateAPIView):

    def get_object(self, *args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...


class PasswordResetView(GenericAPIView):
    throttle_scope = 'dj_rest_auth'

    def post(self, *args, **kwargs): ...


class PasswordResetConfirmView(GenericAPIView):
    throttle_scope = 'dj_rest_auth'

    def dispatch(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...


class PasswordChangeView(GenericAPIView):
    throttle_scope = 'dj_rest_auth'

    def dispatch(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...

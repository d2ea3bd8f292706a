# Facts about djoser.views, written by generate.py.

from rest_framework.decorators import action
from rest_framework.generics import GenericAPIView
from rest_framework.views import APIView
from rest_framework.viewsets import ModelViewSet


class TokenCreateView(GenericAPIView):
    pass


class TokenDestroyView(APIView):

    def post(self, *args, **kwargs): ...


class UserViewSet(ModelViewSet):
    lookup_field = 'id'
    name = None
    description = None
    suffix = None
    detail = None
    basename = None

    def permission_denied(self, *args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...

    def get_permissions(self, *args, **kwargs): ...

    def get_serializer_class(self, *args, **kwargs): ...

    def get_instance(self, *args, **kwargs): ...

    def perform_create(self, *args, **kwargs): ...

    def perform_update(self, *args, **kwargs): ...

    def destroy(self, *args, **kwargs): ...

    @action(detail=False, methods=["get", "put", "patch", "delete"], url_path="me", url_name="me")
    def me(self, *args, **kwargs): ...

    @action(detail=False, methods=["post"], url_path="activation", url_name="activation")
    def activation(self, *args, **kwargs): ...

    @action(detail=False, methods=["post"], url_path="resend_activation", url_name="resend-activation")
    def resend_activation(self, *args, **kwargs): ...

    @action(detail=False, methods=["post"], url_path="set_password", url_name="set-password")
    def set_password(self, *args, **kwargs): ...

    @action(detail=False, methods=["post"], url_path="reset_password", url_name="reset-password")
    def reset_password(self, *args, **kwargs): ...

    @action(detail=False, methods=["post"], url_path="reset_password_confirm", url_name="reset-password-confirm")
    def reset_password_confirm(self, *args, **kwargs): ...

    @action(detail=False, methods=["post"], url_path="set_username", url_name="set-username")
    def set_username(self, *args, **kwargs): ...

    @action(detail=False, methods=["post"], url_path="reset_username", url_name="reset-username")
    def reset_username(self, *args, **kwargs): ...

    @action(detail=False, methods=["post"], url_path="reset_username_confirm", url_name="reset-username-confirm")
    def reset_username_confirm(self, *args, **kwargs): ...

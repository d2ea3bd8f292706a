# Facts about rest_framework.authtoken.views, written by generate.py.

from rest_framework.authtoken.models import Token
from rest_framework.views import APIView


class ObtainAuthToken(APIView):
    throttle_classes = ()
    permission_classes = ()

    def get_serializer_context(self, *args, **kwargs): ...

    def get_serializer(self, *args, **kwargs): ...

    def post(self, *args, **kwargs): ...

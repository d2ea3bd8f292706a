# Written by hand.
# What rest_framework.authtoken.views does as far as tables are concerned.

import outgrow

from django.contrib.auth import authenticate
from rest_framework.authtoken.models import Token
from rest_framework.response import Response
from rest_framework.views import APIView


class ObtainAuthToken(APIView):
    throttle_classes = ()
    permission_classes = ()

    def get_serializer_context(self, *args, **kwargs): ...

    def get_serializer(self, *args, **kwargs): ...

    def post(self, request, *args, **kwargs):
        user = authenticate(request, username=outgrow.unknown(), password=outgrow.unknown())
        token, created = Token.objects.get_or_create(user=user)
        return Response({"token": token.key})

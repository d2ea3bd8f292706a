# Written by hand.
# What drf_spectacular.views does as far as tables are concerned: the schema asks every view of the
# project for its queryset and its serializer, which no walk of one view can follow.

import outgrow

from django.views.generic.base import RedirectView
from rest_framework.views import APIView


class SpectacularAPIView(APIView):
    serve_public = True
    urlconf = None
    api_version = None
    custom_settings = None
    patterns = None

    def get(self, request, *args, **kwargs):
        return outgrow.lost("the querysets and serializers of every view")


class SpectacularYAMLAPIView(SpectacularAPIView):
    pass


class SpectacularJSONAPIView(SpectacularAPIView):
    pass


class SpectacularSwaggerView(APIView):
    url_name = 'schema'
    url = None
    template_name = 'drf_spectacular/swagger_ui.html'
    template_name_js = 'drf_spectacular/swagger_ui.js'
    title = ''

    def get(self, *args, **kwargs): ...


class SpectacularSwaggerSplitView(SpectacularSwaggerView):
    url_self = None

    def get(self, *args, **kwargs): ...


class SpectacularRedocView(APIView):
    url_name = 'schema'
    url = None
    template_name = 'drf_spectacular/redoc.html'
    title = ''

    def get(self, *args, **kwargs): ...


class SpectacularSwaggerOauthRedirectView(RedirectView):

    def get_redirect_url(self, *args, **kwargs): ...

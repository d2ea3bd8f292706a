# Written by hand.
# What rest_framework.views does as far as tables are concerned.

from django.conf import settings
from django.utils.functional import classproperty
from django.utils.module_loading import import_string
from rest_framework.request import Request

from django.views.generic.base import View


def get_view_name(*args, **kwargs): ...


def get_view_description(*args, **kwargs): ...


def set_rollback(*args, **kwargs): ...


def exception_handler(*args, **kwargs): ...


def default_classes(name, default):
    configured = getattr(settings, "REST_FRAMEWORK", {})
    return [import_string(path) for path in configured.get(name, default)]


def default_class(name):
    path = getattr(settings, "REST_FRAMEWORK", {}).get(name)
    return import_string(path) if path else None


class APIView(View):
    throttle_classes = []
    versioning_class = None

    # Asked for when they are needed: while this module is imported, the project's may not be.
    @classproperty
    def authentication_classes(cls):
        return default_classes(
            "DEFAULT_AUTHENTICATION_CLASSES",
            [
                "rest_framework.authentication.SessionAuthentication",
                "rest_framework.authentication.BasicAuthentication",
            ],
        )

    @classproperty
    def permission_classes(cls):
        return default_classes("DEFAULT_PERMISSION_CLASSES", [])

    @classmethod
    def as_view(*args, **kwargs): ...

    @property
    def allowed_methods(self): ...

    @property
    def default_response_headers(self): ...

    def http_method_not_allowed(self, *args, **kwargs): ...

    def permission_denied(self, *args, **kwargs): ...

    def throttled(self, *args, **kwargs): ...

    def get_authenticate_header(self, *args, **kwargs): ...

    def get_parser_context(self, *args, **kwargs): ...

    def get_renderer_context(self, *args, **kwargs): ...

    def get_exception_handler_context(self, *args, **kwargs): ...

    def get_view_name(self, *args, **kwargs): ...

    def get_view_description(self, *args, **kwargs): ...

    def get_format_suffix(self, *args, **kwargs): ...

    def get_renderers(self, *args, **kwargs): ...

    def get_parsers(self, *args, **kwargs): ...

    def get_authenticators(self):
        return [authenticator() for authenticator in self.authentication_classes]

    def get_permissions(self):
        return [permission() for permission in self.permission_classes]

    def get_throttles(self, *args, **kwargs): ...

    def get_content_negotiator(self, *args, **kwargs): ...

    def get_exception_handler(self, *args, **kwargs): ...

    def perform_content_negotiation(self, *args, **kwargs): ...

    def perform_authentication(self, request):
        request.user

    def check_permissions(self, request):
        for permission in self.get_permissions():
            permission.has_permission(request, self)

    def check_object_permissions(self, request, obj):
        for permission in self.get_permissions():
            permission.has_object_permission(request, self, obj)

    def check_throttles(self, *args, **kwargs): ...

    def determine_version(self, *args, **kwargs): ...

    def initialize_request(self, request, *args, **kwargs):
        return Request(request, self.get_authenticators())

    def initial(self, request, *args, **kwargs):
        self.perform_authentication(request)
        self.check_permissions(request)
        self.check_throttles(request)

    def finalize_response(self, *args, **kwargs): ...

    def handle_exception(self, *args, **kwargs): ...

    def raise_uncaught_exception(self, *args, **kwargs): ...

    def dispatch(self, request, *args, **kwargs):
        self.args = args
        self.kwargs = kwargs
        request = self.initialize_request(request, *args, **kwargs)
        self.request = request
        self.initial(request, *args, **kwargs)
        handler = getattr(self, request.method.lower())
        return handler(request, *args, **kwargs)

    def options(self, *args, **kwargs): ...

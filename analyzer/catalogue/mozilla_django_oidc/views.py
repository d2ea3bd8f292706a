# Facts about mozilla_django_oidc.views, written by generate.py.

from django.views.generic.base import View


class OIDCAuthenticationCallbackView(View):
    http_method_names = ['get']

    @staticmethod
    def get_settings(*args, **kwargs): ...

    @property
    def failure_url(self): ...

    @property
    def success_url(self): ...

    def login_failure(self, *args, **kwargs): ...

    def login_success(self, *args, **kwargs): ...

    def get(self, *args, **kwargs): ...


def get_next_url(*args, **kwargs): ...


class OIDCAuthenticationRequestView(View):
    http_method_names = ['get']

    @staticmethod
    def get_settings(*args, **kwargs): ...

    def get(self, *args, **kwargs): ...

    def get_extra_params(self, *args, **kwargs): ...


class OIDCLogoutView(View):
    http_method_names = ['get', 'post']

    @staticmethod
    def get_settings(*args, **kwargs): ...

    @property
    def redirect_url(self): ...

    def post(self, *args, **kwargs): ...

    def get(self, *args, **kwargs): ...

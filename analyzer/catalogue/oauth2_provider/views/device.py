# Facts about oauth2_provider.views.device, written by generate.py.

from django.contrib.auth.mixins import LoginRequiredMixin
from django.forms.forms import Form
from django.views.generic.base import View
from django.views.generic.detail import DetailView
from django.views.generic.edit import FormView
from oauth2_provider.views.mixins import OAuthLibMixin


class DeviceAuthorizationView(OAuthLibMixin, View):

    def post(self, *args, **kwargs): ...

    def dispatch(self, *args, **kwargs): ...


class DeviceGrantForm(Form):

    def clean_user_code(self, *args, **kwargs): ...

    @property
    def media(self): ...


class DeviceUserCodeView(LoginRequiredMixin, FormView):
    template_name = 'oauth2_provider/device/user_code.html'

    def get_success_url(self, *args, **kwargs): ...

    def get_initial(self, *args, **kwargs): ...

    def form_valid(self, *args, **kwargs): ...


class DeviceConfirmForm(Form):

    @property
    def media(self): ...


class DeviceConfirmView(LoginRequiredMixin, FormView):
    template_name = 'oauth2_provider/device/accept_deny.html'

    def get_object(self, *args, **kwargs): ...

    def get_success_url(self, *args, **kwargs): ...

    def get(self, *args, **kwargs): ...

    def form_valid(self, *args, **kwargs): ...

    def get_context_data(self, *args, **kwargs): ...


class DeviceGrantStatusView(LoginRequiredMixin, DetailView):
    template_name = 'oauth2_provider/device/device_grant_status.html'

    def get_queryset(self, *args, **kwargs): ...

    def get_object(self, *args, **kwargs): ...

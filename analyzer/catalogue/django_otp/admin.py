# Facts about django_otp.admin, written by generate.py.

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.admin.sites import AdminSite


def user_model_search_fields(*args, **kwargs): ...


class OTPAdminAuthenticationForm(AdminAuthenticationForm):

    def clean(self, *args, **kwargs): ...

    @property
    def media(self): ...


class OTPAdminSite(AdminSite):
    name = 'otpadmin'
    login_template = 'otp/admin111/login.html'

    def has_permission(self, *args, **kwargs): ...

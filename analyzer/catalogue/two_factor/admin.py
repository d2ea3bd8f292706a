# Facts about two_factor.admin, written by generate.py.

from django.contrib.admin.sites import AdminSite


REDIRECT_FIELD_NAME = 'next'


class AdminSiteOTPRequiredMixin:

    def has_permission(self, *args, **kwargs): ...

    def login(self, *args, **kwargs): ...


class AdminSiteOTPRequired(AdminSiteOTPRequiredMixin, AdminSite):
    pass


def patch_admin(*args, **kwargs): ...


def unpatch_admin(*args, **kwargs): ...

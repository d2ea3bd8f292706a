# Facts about impersonate.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.filters import SimpleListFilter
from django.contrib.admin.options import ModelAdmin
from impersonate.models import ImpersonationLog


def friendly_name(*args, **kwargs): ...


class SessionStateFilter(SimpleListFilter):
    parameter_name = 'session'

    def lookups(self, *args, **kwargs): ...

    def queryset(self, *args, **kwargs): ...


class ImpersonatorFilter(SimpleListFilter):
    title = 'impersonator'
    parameter_name = 'impersonator'

    def lookups(self, *args, **kwargs): ...

    def queryset(self, *args, **kwargs): ...


class UserAdminImpersonateMixin:
    open_new_window = False

    def get_list_display(self, *args, **kwargs): ...

    def impersonate_user(self, *args, **kwargs): ...


class ImpersonationLogAdmin(ModelAdmin):
    list_select_related = ['impersonator', 'impersonating']

    def has_add_permission(self, *args, **kwargs): ...

    def has_delete_permission(self, *args, **kwargs): ...

    def has_change_permission(self, *args, **kwargs): ...

    @property
    def media(self): ...


admin.site.register(ImpersonationLog, ImpersonationLogAdmin)

# Facts about user_sessions.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.filters import SimpleListFilter
from django.contrib.admin.options import ModelAdmin
from user_sessions.models import Session


class ExpiredFilter(SimpleListFilter):
    parameter_name = 'active'

    def lookups(self, *args, **kwargs): ...

    def queryset(self, *args, **kwargs): ...


class OwnerFilter(SimpleListFilter):
    parameter_name = 'owner'

    def lookups(self, *args, **kwargs): ...

    def queryset(self, *args, **kwargs): ...


class SessionAdmin(ModelAdmin):
    list_display = ('ip', 'user', 'is_valid', 'location', 'device')
    search_fields = ()
    raw_id_fields = ('user',)
    exclude = ('session_key',)
    list_select_related = ['user']

    def get_search_fields(self, *args, **kwargs): ...

    def is_valid(self, *args, **kwargs): ...

    def location(self, *args, **kwargs): ...

    def device(self, *args, **kwargs): ...

    @property
    def media(self): ...


admin.site.register(Session, SessionAdmin)

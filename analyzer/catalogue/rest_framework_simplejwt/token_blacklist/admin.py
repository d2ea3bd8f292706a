# Facts about rest_framework_simplejwt.token_blacklist.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken
from rest_framework_simplejwt.token_blacklist.models import OutstandingToken


class OutstandingTokenAdmin(ModelAdmin):
    list_display = ('jti', 'user', 'created_at', 'expires_at')
    search_fields = ('user__id', 'jti')
    ordering = ('user',)
    actions = None

    def get_queryset(self, *args, **kwargs): ...

    def get_readonly_fields(self, *args, **kwargs): ...

    def has_add_permission(self, *args, **kwargs): ...

    def has_delete_permission(self, *args, **kwargs): ...

    def has_change_permission(self, *args, **kwargs): ...

    @property
    def media(self): ...


class BlacklistedTokenAdmin(ModelAdmin):
    search_fields = ('token__user__id', 'token__jti')
    ordering = ('token__user',)

    def get_queryset(self, *args, **kwargs): ...

    def token_jti(self, *args, **kwargs): ...

    def token_user(self, *args, **kwargs): ...

    def token_created_at(self, *args, **kwargs): ...

    def token_expires_at(self, *args, **kwargs): ...

    @property
    def media(self): ...


admin.site.register(OutstandingToken, OutstandingTokenAdmin)
admin.site.register(BlacklistedToken, BlacklistedTokenAdmin)

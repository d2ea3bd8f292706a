# Facts about oauth2_provider.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from oauth2_provider.models import AccessToken
from oauth2_provider.models import Application
from oauth2_provider.models import Grant
from oauth2_provider.models import IDToken
from oauth2_provider.models import RefreshToken


USER_SEARCH_FIELDS = ('user__username', 'user__email')
MASK_MIN_LENGTH = 16
MASK_SUFFIX_LENGTH = 4


def mask_credential(*args, **kwargs): ...


class ApplicationAdmin(ModelAdmin):
    radio_fields = {'client_type': 1, 'authorization_grant_type': 2}
    search_fields = ('name', 'user__email')
    raw_id_fields = ('user',)
    readonly_fields = ('registration_source', 'cimd_expires_at')

    @property
    def media(self): ...


class AccessTokenAdmin(ModelAdmin):
    list_display = ('pk', 'masked_token', 'user', 'application', 'expires')
    list_select_related = ('application', 'user')
    raw_id_fields = ('user', 'source_refresh_token')
    list_filter = ('application',)
    actions = ('revoke_tokens',)

    def has_add_permission(self, *args, **kwargs): ...

    def has_delete_permission(self, *args, **kwargs): ...

    def revoke_tokens(self, *args, **kwargs): ...

    def get_exclude(self, *args, **kwargs): ...

    def get_readonly_fields(self, *args, **kwargs): ...

    def masked_token(self, *args, **kwargs): ...

    @property
    def media(self): ...


class GrantAdmin(ModelAdmin):
    list_display = ('pk', 'masked_code', 'application', 'user', 'expires')
    raw_id_fields = ('user',)

    def has_add_permission(self, *args, **kwargs): ...

    def get_exclude(self, *args, **kwargs): ...

    def get_readonly_fields(self, *args, **kwargs): ...

    def masked_code(self, *args, **kwargs): ...

    @property
    def media(self): ...


class IDTokenAdmin(ModelAdmin):
    list_display = ('jti', 'user', 'application', 'expires')
    raw_id_fields = ('user',)
    list_filter = ('application',)
    list_select_related = ('application', 'user')

    def has_add_permission(self, *args, **kwargs): ...

    @property
    def media(self): ...


class RefreshTokenAdmin(ModelAdmin):
    list_display = ('pk', 'masked_token', 'user', 'application')
    list_select_related = ('application', 'user')
    raw_id_fields = ('user', 'access_token')
    list_filter = ('application',)
    actions = ('revoke_tokens',)

    def has_add_permission(self, *args, **kwargs): ...

    def has_delete_permission(self, *args, **kwargs): ...

    def revoke_tokens(self, *args, **kwargs): ...

    def get_exclude(self, *args, **kwargs): ...

    def get_readonly_fields(self, *args, **kwargs): ...

    def masked_token(self, *args, **kwargs): ...

    @property
    def media(self): ...


admin.site.register(Application, ApplicationAdmin)
admin.site.register(AccessToken, AccessTokenAdmin)
admin.site.register(Grant, GrantAdmin)
admin.site.register(IDToken, IDTokenAdmin)
admin.site.register(RefreshToken, RefreshTokenAdmin)

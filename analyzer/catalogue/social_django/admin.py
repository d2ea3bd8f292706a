# Facts about social_django.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from social_django.models import Association
from social_django.models import Nonce
from social_django.models import UserSocialAuth


class UserSocialAuthOption(ModelAdmin):
    list_display = ('user', 'id', 'provider', 'uid', 'created', 'modified')
    list_filter = ('provider',)
    raw_id_fields = ('user',)
    readonly_fields = ('created', 'modified')
    list_select_related = ('user',)

    def get_search_fields(self, *args, **kwargs): ...

    @property
    def media(self): ...


class NonceOption(ModelAdmin):
    list_display = ('id', 'server_url', 'timestamp', 'salt')
    search_fields = ('server_url',)

    @property
    def media(self): ...


class AssociationOption(ModelAdmin):
    list_display = ('id', 'server_url', 'assoc_type', 'issued', 'lifetime')
    list_filter = ('server_url',)
    search_fields = ('server_url',)

    @property
    def media(self): ...


admin.site.register(UserSocialAuth, UserSocialAuthOption)
admin.site.register(Nonce, NonceOption)
admin.site.register(Association, AssociationOption)

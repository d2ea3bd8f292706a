# Facts about allauth.socialaccount.admin, written by generate.py.

from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.models import SocialToken
from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django.forms.models import ModelForm


class SocialAppForm(ModelForm):
    declared_fields = {}

    @property
    def media(self): ...


class SocialAppAdmin(ModelAdmin):
    list_display = ('name', 'provider')
    filter_horizontal = ('sites',)

    @property
    def media(self): ...


class SocialAccountAdmin(ModelAdmin):
    search_fields = ['uid']
    raw_id_fields = ('user',)
    list_display = ('user', 'uid', 'provider')
    list_filter = ('provider',)

    def get_search_fields(self, *args, **kwargs): ...

    @property
    def media(self): ...


class SocialTokenAdmin(ModelAdmin):
    raw_id_fields = ('app', 'account')
    list_display = ('app', 'account', 'truncated_token', 'expires_at')
    list_filter = ('app', 'app__provider', 'expires_at')

    def truncated_token(self, *args, **kwargs): ...

    @property
    def media(self): ...


admin.site.register(SocialApp, SocialAppAdmin)
admin.site.register(SocialToken, SocialTokenAdmin)
admin.site.register(SocialAccount, SocialAccountAdmin)

# Facts about knox.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django.forms.models import ModelForm
from knox.models import AuthToken


class AuthTokenCreateForm(ModelForm):
    declared_fields = {}

    def save(self, *args, **kwargs): ...

    @property
    def media(self): ...


class AuthTokenAdmin(ModelAdmin):
    list_display = ('digest', 'user', 'created', 'expiry')
    search_fields = ['digest', 'token_key', 'user__username']
    fields = ()
    raw_id_fields = ('user',)

    def get_form(self, *args, **kwargs): ...

    def save_model(self, *args, **kwargs): ...

    @property
    def media(self): ...


admin.site.register(AuthToken, AuthTokenAdmin)

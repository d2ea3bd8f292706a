# Facts about allauth.account.admin, written by generate.py.

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.admin.options import ModelAdmin


class EmailAddressAdmin(ModelAdmin):
    list_display = ('email', 'user', 'primary', 'verified')
    list_filter = ('primary', 'verified')
    search_fields = []
    raw_id_fields = ('user',)
    actions = ['make_verified']

    def get_search_fields(self, *args, **kwargs): ...

    def make_verified(self, *args, **kwargs): ...

    @property
    def media(self): ...


class EmailConfirmationAdmin(ModelAdmin):
    list_display = ('email_address', 'created', 'sent', 'key')
    list_filter = ('sent',)
    raw_id_fields = ('email_address',)

    @property
    def media(self): ...


admin.site.register(EmailAddress, EmailAddressAdmin)

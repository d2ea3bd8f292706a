# Facts about rest_framework.authtoken.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from rest_framework.authtoken.models import TokenProxy


class TokenChangeList:

    def url_for_result(self, *args, **kwargs): ...


class TokenAdmin(ModelAdmin):
    list_display = ('key', 'user', 'created')
    list_filter = ('created',)
    fields = ('user',)
    search_fields = ('user__username',)
    ordering = ('user__username',)
    actions = None

    def get_changelist(self, *args, **kwargs): ...

    def get_object(self, *args, **kwargs): ...

    @property
    def media(self): ...


admin.site.register(TokenProxy, TokenAdmin)

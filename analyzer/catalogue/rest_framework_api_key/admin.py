# Facts about rest_framework_api_key.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from rest_framework_api_key.models import APIKey


class APIKeyModelAdmin(ModelAdmin):
    list_filter = ('created',)
    search_fields = ('name', 'prefix')

    def get_readonly_fields(self, *args, **kwargs): ...

    def save_model(self, *args, **kwargs): ...

    @property
    def media(self): ...


admin.site.register(APIKey, APIKeyModelAdmin)

# Facts about django_otp.plugins.otp_static.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django.contrib.admin.options import TabularInline
from django.contrib.auth.models import User
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_static.models import StaticToken


class StaticTokenInline(TabularInline):
    model = StaticToken
    extra = 0

    @property
    def media(self): ...


class StaticDeviceAdmin(ModelAdmin):
    User = User
    candidate_search_field = ['username', 'email']
    list_display = ['user', 'name', 'created_at', 'last_used_at', 'confirmed']
    list_filter = ['created_at', 'last_used_at', 'confirmed']
    search_fields = ['user__username', 'user__email']
    raw_id_fields = ['user']
    readonly_fields = ['created_at', 'last_used_at']

    def get_inline_instances(self, *args, **kwargs): ...

    @property
    def media(self): ...


admin.site.register(StaticDevice, StaticDeviceAdmin)

# Facts about django_otp.plugins.otp_totp.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django.contrib.auth.models import User
from django.urls import path
from django_otp.plugins.otp_totp.models import TOTPDevice


class TOTPDeviceAdmin(ModelAdmin):
    User = User
    candidate_search_field = ['username', 'email']
    list_display = ['user', 'name', 'created_at', 'last_used_at', 'confirmed']
    list_filter = ['created_at', 'last_used_at', 'confirmed']
    search_fields = ['user__username', 'user__email']
    raw_id_fields = ['user']
    readonly_fields = ['created_at', 'last_used_at', 'qrcode_link']
    radio_fields = {'digits': 1}

    def get_list_display(self, *args, **kwargs): ...

    def get_fieldsets(self, *args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...

    def qrcode_link(self, *args, **kwargs): ...

    def config_view(self, *args, **kwargs): ...

    def qrcode_view(self, *args, **kwargs): ...

    @property
    def media(self): ...

    def get_urls(self):
        return [
            path('<int:pk>/config/', self.admin_site.admin_view(self.config_view), name='otp_totp_totpdevice_config',),
            path('<int:pk>/qrcode/', self.admin_site.admin_view(self.qrcode_view), name='otp_totp_totpdevice_qrcode',),
        ] + super().get_urls()


admin.site.register(TOTPDevice, TOTPDeviceAdmin)

# Facts about django_otp.plugins.otp_email.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django_otp.plugins.otp_email.models import EmailDevice


class EmailDeviceAdmin(ModelAdmin):
    list_display = ['user', 'name', 'created_at', 'last_used_at', 'confirmed']
    list_filter = ['created_at', 'last_used_at', 'confirmed']
    raw_id_fields = ['user']
    readonly_fields = ['created_at', 'last_used_at']
    search_fields = ['user__username', 'user__email', 'email']

    @property
    def media(self): ...


admin.site.register(EmailDevice, EmailDeviceAdmin)

# Facts about two_factor.plugins.phonenumber.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from two_factor.plugins.phonenumber.models import PhoneDevice


class PhoneDeviceAdmin(ModelAdmin):
    raw_id_fields = ('user',)

    @property
    def media(self): ...


admin.site.register(PhoneDevice, PhoneDeviceAdmin)

# Facts about push_notifications.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from push_notifications.models import APNSDevice
from push_notifications.models import GCMDevice
from push_notifications.models import WNSDevice
from push_notifications.models import WebPushDevice


class DeviceAdmin(ModelAdmin):
    list_display = ('__str__', 'device_id', 'user', 'active', 'date_created')
    list_filter = ('active',)
    actions = ('send_message', 'send_bulk_message', 'enable', 'disable')
    raw_id_fields = ('user',)
    search_fields = ('name', 'device_id', 'user__username')

    def send_messages(self, *args, **kwargs): ...

    def send_message(self, *args, **kwargs): ...

    def send_bulk_message(self, *args, **kwargs): ...

    def enable(self, *args, **kwargs): ...

    def disable(self, *args, **kwargs): ...

    @property
    def media(self): ...


class GCMDeviceAdmin(DeviceAdmin):
    list_filter = ('active', 'cloud_message_type')

    def send_messages(self, *args, **kwargs): ...

    @property
    def media(self): ...


class WebPushDeviceAdmin(DeviceAdmin):
    list_display = ('__str__', 'browser', 'user', 'active', 'date_created')
    list_filter = ('active', 'browser')
    search_fields = ('name', 'registration_id', 'user__username')

    @property
    def media(self): ...


admin.site.register(APNSDevice, DeviceAdmin)
admin.site.register(GCMDevice, GCMDeviceAdmin)
admin.site.register(WNSDevice, DeviceAdmin)
admin.site.register(WebPushDevice, WebPushDeviceAdmin)

# Facts about webpush.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from webpush.models import PushInformation


class PushInfoAdmin(ModelAdmin):
    list_display = ('__str__', 'user', 'subscription', 'group')
    actions = ('send_test_message',)

    def send_test_message(self, *args, **kwargs): ...

    @property
    def media(self): ...


admin.site.register(PushInformation, PushInfoAdmin)

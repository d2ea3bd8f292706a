# Facts about mailer.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from mailer.models import DontSendEntry
from mailer.models import Message
from mailer.models import MessageLog


def show_to(*args, **kwargs): ...


def show_subject(*args, **kwargs): ...


class MessageAdminMixin:

    def plain_text_body(self, *args, **kwargs): ...


class MessageAdmin(MessageAdminMixin, ModelAdmin):
    readonly_fields = ['plain_text_body']
    date_hierarchy = 'when_added'
    actions = ['send_messages']

    def send_messages(self, *args, **kwargs): ...

    @property
    def media(self): ...


class DontSendEntryAdmin(ModelAdmin):
    list_display = ['to_address', 'when_added']

    @property
    def media(self): ...


class MessageLogAdmin(MessageAdminMixin, ModelAdmin):
    list_filter = ['result']
    date_hierarchy = 'when_attempted'
    readonly_fields = ['plain_text_body', 'message_id']
    search_fields = ['message_id']

    @property
    def media(self): ...


admin.site.register(Message, MessageAdmin)
admin.site.register(DontSendEntry, DontSendEntryAdmin)
admin.site.register(MessageLog, MessageLogAdmin)

# Facts about invitations.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from invitations.models import Invitation


class InvitationAdmin(ModelAdmin):
    list_display = ('email', 'sent', 'accepted')
    raw_id_fields = ('inviter',)

    def get_form(self, *args, **kwargs): ...

    @property
    def media(self): ...


admin.site.register(Invitation, InvitationAdmin)

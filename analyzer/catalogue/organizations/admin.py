# Facts about organizations.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from organizations.models import Organization
from organizations.models import OrganizationInvitation
from organizations.models import OrganizationOwner
from organizations.models import OrganizationUser


class OwnerInline:
    model = OrganizationOwner

    @property
    def media(self): ...


class OrganizationAdmin:

    @property
    def media(self): ...


class OrganizationUserAdmin:

    @property
    def media(self): ...


class OrganizationOwnerAdmin:

    @property
    def media(self): ...


class OrganizationInvitationAdmin(ModelAdmin):

    @property
    def media(self): ...


admin.site.register(Organization, OrganizationAdmin)
admin.site.register(OrganizationUser, OrganizationUserAdmin)
admin.site.register(OrganizationOwner, OrganizationOwnerAdmin)
admin.site.register(OrganizationInvitation, OrganizationInvitationAdmin)

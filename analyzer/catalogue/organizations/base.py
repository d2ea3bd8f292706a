# Facts about organizations.base, written by generate.py.

from django.db import models
from django.db.models.base import ModelBase
from organizations.managers import ActiveOrgManager
from organizations.managers import OrgManager


USER_MODEL = 'auth.User'


def with_metaclass(*args, **kwargs): ...


class OrgMeta(ModelBase):

    def update_org(self, *args, **kwargs): ...

    def update_org_users(self, *args, **kwargs): ...

    def update_org_owner(self, *args, **kwargs): ...

    def update_org_invite(self, *args, **kwargs): ...


class AbstractBaseOrganization(models.Model):
    name = models.CharField()
    is_active = models.BooleanField()
    objects = OrgManager()
    active = ActiveOrgManager()

    class Meta:
        abstract = True


class OrganizationBase(AbstractBaseOrganization):

    class Meta:
        abstract = True


class AbstractBaseOrganizationUser(models.Model):

    class Meta:
        abstract = True


class OrganizationUserBase(AbstractBaseOrganizationUser):

    class Meta:
        abstract = True


class AbstractBaseOrganizationOwner(models.Model):

    class Meta:
        abstract = True


class OrganizationOwnerBase(AbstractBaseOrganizationOwner):

    class Meta:
        abstract = True


class AbstractBaseInvitation(models.Model):
    guid = models.UUIDField()
    invitee_identifier = models.CharField()

    class Meta:
        abstract = True


class OrganizationInvitationBase(AbstractBaseInvitation):

    class Meta:
        abstract = True

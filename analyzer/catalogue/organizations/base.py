# Written by hand.
# Facts about organizations.base: a metaclass links the four models of a module to each other.

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from organizations.managers import ActiveOrgManager
from organizations.managers import OrgManager

ROLES = {
    "AbstractOrganization": "org",
    "OrganizationBase": "org",
    "AbstractOrganizationUser": "user",
    "OrganizationUserBase": "user",
    "AbstractOrganizationOwner": "owner",
    "OrganizationOwnerBase": "owner",
    "AbstractOrganizationInvitation": "invitation",
    "OrganizationInvitationBase": "invitation",
}
_linked = {}


class Linked:
    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        roles = _linked.setdefault(cls.__module__, {})
        for base in cls.__bases__:
            if base.__name__ in ROLES:
                roles[ROLES[base.__name__]] = cls
        if len(roles) == 4:
            link(**roles)


def link(org, user, owner, invitation):
    person, one, cascade = settings.AUTH_USER_MODEL, models.OneToOneField, models.CASCADE
    many = models.ForeignKey
    name = "%(app_label)s_%(class)s"
    users = models.ManyToManyField(person, through=user.__name__, related_name=name)
    add(org, "users", users)
    add(user, "user", many(person, related_name=name, on_delete=cascade))
    add(user, "organization", many(org, related_name="organization_users", on_delete=cascade))
    add(owner, "organization_user", one(user, on_delete=cascade))
    add(owner, "organization", one(org, related_name="owner", on_delete=cascade))
    sent, received = f"{name}_sent_invitations", f"{name}_invitations"
    add(invitation, "invited_by", many(person, related_name=sent, on_delete=cascade))
    add(invitation, "invitee", many(person, null=True, related_name=received, on_delete=cascade))
    invites = "organization_invites"
    add(invitation, "organization", many(org, related_name=invites, on_delete=cascade))


def add(model, name, field):
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        model.add_to_class(name, field)


def with_metaclass(*args, **kwargs): ...


class AbstractBaseOrganization(Linked, models.Model):
    name = models.CharField()
    is_active = models.BooleanField()
    objects = OrgManager()
    active = ActiveOrgManager()

    class Meta:
        abstract = True


class OrganizationBase(AbstractBaseOrganization):
    class Meta:
        abstract = True


class AbstractBaseOrganizationUser(Linked, models.Model):
    class Meta:
        abstract = True


class OrganizationUserBase(AbstractBaseOrganizationUser):
    class Meta:
        abstract = True


class AbstractBaseOrganizationOwner(Linked, models.Model):
    class Meta:
        abstract = True


class OrganizationOwnerBase(AbstractBaseOrganizationOwner):
    class Meta:
        abstract = True


class AbstractBaseInvitation(Linked, models.Model):
    guid = models.UUIDField()
    invitee_identifier = models.CharField()

    class Meta:
        abstract = True


class OrganizationInvitationBase(AbstractBaseInvitation):
    class Meta:
        abstract = True

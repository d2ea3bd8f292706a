# Facts about organizations.models, written by generate.py.

from django.conf import settings
from django.db import models
from organizations.abstract import AbstractOrganization
from organizations.abstract import AbstractOrganizationInvitation
from organizations.abstract import AbstractOrganizationOwner
from organizations.abstract import AbstractOrganizationUser


class Organization(AbstractOrganization):
    users = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        through="organizations.OrganizationUser",
        related_name="%(app_label)s_%(class)s",
    )


class OrganizationUser(AbstractOrganizationUser):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="%(app_label)s_%(class)s",
    )
    organization = models.ForeignKey(
        "organizations.Organization",
        on_delete=models.CASCADE,
        related_name="organization_users",
    )
    objects = models.Manager()


class OrganizationOwner(AbstractOrganizationOwner):
    organization_user = models.OneToOneField(
        "organizations.OrganizationUser",
        on_delete=models.CASCADE,
    )
    organization = models.OneToOneField(
        "organizations.Organization",
        on_delete=models.CASCADE,
        related_name="owner",
    )
    objects = models.Manager()


class OrganizationInvitation(AbstractOrganizationInvitation):
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="%(app_label)s_%(class)s_sent_invitations",
    )
    invitee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="%(app_label)s_%(class)s_invitations",
    )
    organization = models.ForeignKey(
        "organizations.Organization",
        on_delete=models.CASCADE,
        related_name="organization_invites",
    )
    objects = models.Manager()

# Facts about organizations.abstract, written by generate.py.

from django.db import models
from organizations.base import AbstractBaseInvitation
from organizations.base import AbstractBaseOrganization
from organizations.base import AbstractBaseOrganizationOwner
from organizations.base import AbstractBaseOrganizationUser
from organizations.fields import AutoCreatedField
from organizations.fields import AutoLastModifiedField
from organizations.fields import SlugField


USER_MODEL = 'auth.User'


class SharedBaseModel(models.Model):
    created = AutoCreatedField()
    modified = AutoLastModifiedField()

    class Meta:
        abstract = True


class AbstractOrganization(SharedBaseModel, AbstractBaseOrganization):
    slug = SlugField(unique=True)

    class Meta:
        abstract = True


class AbstractOrganizationUser(SharedBaseModel, AbstractBaseOrganizationUser):
    is_admin = models.BooleanField()

    class Meta:
        abstract = True


class AbstractOrganizationOwner(SharedBaseModel, AbstractBaseOrganizationOwner):

    class Meta:
        abstract = True


class AbstractOrganizationInvitation(SharedBaseModel, AbstractBaseInvitation):

    class Meta:
        abstract = True

# Facts about invitations.models, written by generate.py.

from django.db import models
from invitations.base_invitation import AbstractBaseInvitation


class Invitation(AbstractBaseInvitation):
    email = models.EmailField(unique=True)
    created = models.DateTimeField()

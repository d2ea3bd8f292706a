# Facts about invitations.base_invitation, written by generate.py.

from django.conf import settings
from django.db import models
from invitations.managers import BaseInvitationManager


class AbstractBaseInvitation(models.Model):
    accepted = models.BooleanField()
    key = models.CharField(unique=True)
    sent = models.DateTimeField(null=True)
    inviter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True)
    objects = BaseInvitationManager()

    class Meta:
        abstract = True

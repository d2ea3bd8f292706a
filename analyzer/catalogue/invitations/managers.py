# Facts about invitations.managers, written by generate.py.

from django.db import models


class BaseInvitationManager(models.Manager):

    def all_expired(self, *args, **kwargs): ...

    def all_valid(self, *args, **kwargs): ...

    def expired_q(self, *args, **kwargs): ...

    def delete_expired_confirmations(self, *args, **kwargs): ...

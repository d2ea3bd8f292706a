# Facts about allauth.account.models, written by generate.py.

from django.conf import settings
from django.db import models


TYPE_CHECKING = False


class EmailAddress(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    email = models.EmailField()
    verified = models.BooleanField()
    primary = models.BooleanField()


class EmailConfirmationMixin:

    def confirm(self, *args, **kwargs): ...

    def send(self, *args, **kwargs): ...


class EmailConfirmation(EmailConfirmationMixin, models.Model):
    email_address = models.ForeignKey("account.EmailAddress", on_delete=models.CASCADE)
    created = models.DateTimeField()
    sent = models.DateTimeField(null=True)
    key = models.CharField(unique=True)


class EmailConfirmationHMAC(EmailConfirmationMixin):

    @classmethod
    def create(*args, **kwargs): ...

    @property
    def key(self): ...

    @classmethod
    def from_key(*args, **kwargs): ...

    def key_expired(self, *args, **kwargs): ...


class Login:

    def serialize(self, *args, **kwargs): ...

    @classmethod
    def deserialize(*args, **kwargs): ...


def get_emailconfirmation_model(*args, **kwargs): ...

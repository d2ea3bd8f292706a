# Facts about django_otp_webauthn.models, written by generate.py.

from django.conf import settings
from django.db import models
from django_otp.models import Device
from django_otp.models import DeviceManager
from django_otp.models import TimestampMixin


def as_credential_descriptors(*args, **kwargs): ...


class WebAuthnAttestationManager(models.Manager):
    pass


class WebAuthnCredentialManager(DeviceManager):
    pass


class WebAuthnCredentialQuerySet(models.QuerySet):

    def as_credential_descriptors(self, *args, **kwargs): ...


class AbstractWebAuthnAttestation(models.Model):
    fmt = models.CharField()
    data = models.BinaryField()
    client_data_json = models.BinaryField()
    objects = WebAuthnAttestationManager()

    class Meta:
        abstract = True


class AbstractWebAuthnCredential(TimestampMixin, Device):
    credential_type = models.CharField()
    credential_id = models.BinaryField()
    public_key = models.BinaryField()
    transports = models.JSONField()
    sign_count = models.PositiveIntegerField()
    backup_eligible = models.BooleanField()
    backup_state = models.BooleanField()
    aaguid = models.CharField()
    credential_id_sha256 = models.CharField(unique=True)
    discoverable = models.BooleanField(null=True)
    objects = WebAuthnCredentialManager.from_queryset(WebAuthnCredentialQuerySet)()

    class Meta:
        abstract = True


class WebAuthnCredential(AbstractWebAuthnCredential):
    pass


class WebAuthnAttestation(AbstractWebAuthnAttestation):
    credential = models.OneToOneField(
        "django_otp_webauthn.WebAuthnCredential",
        on_delete=models.CASCADE,
        related_name="attestation",
    )


class WebAuthnUserHandle(models.Model):
    handle_hex = models.CharField(unique=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="webauthn_user_handle",
    )
    objects = models.Manager()

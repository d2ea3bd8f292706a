# Facts about oauth2_provider.models, written by generate.py.

from django.conf import settings
from django.db import models
from oauth2_provider.generators import generate_client_id
from oauth2_provider.generators import generate_client_secret
from oauth2_provider.validators import AllowedURIValidator


class ResourceJSONField(models.JSONField):
    pass


class ClientSecretField(models.CharField):
    pass


class TokenChecksumField(models.CharField):
    pass


def set_token_value(*args, **kwargs): ...


class AbstractApplication(models.Model):
    id = models.BigAutoField(primary_key=True)
    client_id = models.CharField(unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="%(app_label)s_%(class)s",
    )
    redirect_uris = models.TextField()
    post_logout_redirect_uris = models.TextField()
    client_type = models.CharField()
    authorization_grant_type = models.CharField()
    client_secret = ClientSecretField()
    hash_client_secret = models.BooleanField()
    name = models.CharField()
    skip_authorization = models.BooleanField()
    created = models.DateTimeField()
    updated = models.DateTimeField()
    algorithm = models.CharField()
    allowed_origins = models.TextField()
    registration_source = models.CharField()
    cimd_expires_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class ApplicationManager(models.Manager):

    def get_by_natural_key(self, *args, **kwargs): ...


class Application(AbstractApplication):
    objects = ApplicationManager()

    class Meta:
        swappable = "OAUTH2_PROVIDER_APPLICATION_MODEL"


class AbstractGrant(models.Model):
    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="%(app_label)s_%(class)s",
    )
    code = models.CharField(unique=True)
    application = models.ForeignKey(
        getattr(settings, "OAUTH2_PROVIDER_APPLICATION_MODEL", "oauth2_provider.Application"),
        on_delete=models.CASCADE,
    )
    expires = models.DateTimeField()
    redirect_uri = models.TextField()
    scope = models.TextField()
    created = models.DateTimeField()
    updated = models.DateTimeField()
    code_challenge = models.CharField()
    code_challenge_method = models.CharField()
    nonce = models.CharField()
    claims = models.TextField()
    resource = ResourceJSONField()

    class Meta:
        abstract = True


class Grant(AbstractGrant):
    objects = models.Manager()

    class Meta:
        swappable = "OAUTH2_PROVIDER_GRANT_MODEL"


class AbstractAccessToken(models.Model):
    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="%(app_label)s_%(class)s",
    )
    source_refresh_token = models.OneToOneField(
        getattr(settings, "OAUTH2_PROVIDER_REFRESH_TOKEN_MODEL", "oauth2_provider.RefreshToken"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="refreshed_access_token",
    )
    token = models.TextField()
    token_checksum = TokenChecksumField(unique=True)
    id_token = models.OneToOneField(
        getattr(settings, "OAUTH2_PROVIDER_ID_TOKEN_MODEL", "oauth2_provider.IDToken"),
        on_delete=models.CASCADE,
        null=True,
        related_name="access_token",
    )
    application = models.ForeignKey(
        getattr(settings, "OAUTH2_PROVIDER_APPLICATION_MODEL", "oauth2_provider.Application"),
        on_delete=models.CASCADE,
        null=True,
    )
    expires = models.DateTimeField()
    scope = models.TextField()
    resource = ResourceJSONField()
    created = models.DateTimeField()
    updated = models.DateTimeField()

    class Meta:
        abstract = True


class AccessToken(AbstractAccessToken):
    objects = models.Manager()

    class Meta:
        swappable = "OAUTH2_PROVIDER_ACCESS_TOKEN_MODEL"


class AbstractRefreshToken(models.Model):
    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="%(app_label)s_%(class)s",
    )
    token = models.TextField()
    token_checksum = TokenChecksumField()
    application = models.ForeignKey(
        getattr(settings, "OAUTH2_PROVIDER_APPLICATION_MODEL", "oauth2_provider.Application"),
        on_delete=models.CASCADE,
    )
    access_token = models.OneToOneField(
        getattr(settings, "OAUTH2_PROVIDER_ACCESS_TOKEN_MODEL", "oauth2_provider.AccessToken"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="refresh_token",
    )
    token_family = models.UUIDField(null=True)
    resource = ResourceJSONField()
    created = models.DateTimeField()
    updated = models.DateTimeField()
    revoked = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class RefreshToken(AbstractRefreshToken):
    objects = models.Manager()

    class Meta:
        swappable = "OAUTH2_PROVIDER_REFRESH_TOKEN_MODEL"


class AbstractIDToken(models.Model):
    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="%(app_label)s_%(class)s",
    )
    jti = models.UUIDField(unique=True)
    application = models.ForeignKey(
        getattr(settings, "OAUTH2_PROVIDER_APPLICATION_MODEL", "oauth2_provider.Application"),
        on_delete=models.CASCADE,
        null=True,
    )
    expires = models.DateTimeField()
    scope = models.TextField()
    created = models.DateTimeField()
    updated = models.DateTimeField()

    class Meta:
        abstract = True


class IDToken(AbstractIDToken):
    objects = models.Manager()

    class Meta:
        swappable = "OAUTH2_PROVIDER_ID_TOKEN_MODEL"


class AbstractDeviceGrant(models.Model):
    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="%(app_label)s_%(class)s",
    )
    device_code = models.CharField()
    user_code = models.CharField()
    scope = models.TextField()
    interval = models.IntegerField()
    expires = models.DateTimeField()
    status = models.CharField()
    client_id = models.CharField()
    last_checked = models.DateTimeField()

    class Meta:
        abstract = True


class DeviceGrant(AbstractDeviceGrant):
    objects = models.Manager()

    class Meta:
        swappable = "OAUTH2_PROVIDER_DEVICE_GRANT_MODEL"


class DeviceRequest:
    scope = None


class DeviceCodeResponse:
    verification_uri_complete = None


def create_device_grant(*args, **kwargs): ...


def get_application_model(*args, **kwargs): ...


def get_device_grant_model(*args, **kwargs): ...


def get_grant_model(*args, **kwargs): ...


def get_access_token_model(*args, **kwargs): ...


def get_id_token_model(*args, **kwargs): ...


def get_refresh_token_model(*args, **kwargs): ...


def get_application_admin_class(*args, **kwargs): ...


def get_access_token_admin_class(*args, **kwargs): ...


def get_grant_admin_class(*args, **kwargs): ...


def get_id_token_admin_class(*args, **kwargs): ...


def get_refresh_token_admin_class(*args, **kwargs): ...


def refresh_token_expire_timedelta(*args, **kwargs): ...


def revoke_access_token(*args, **kwargs): ...


def clear_expired(*args, **kwargs): ...


def check_redirect_to_uri_allowed(*args, **kwargs): ...


def redirect_to_uri_allowed(*args, **kwargs): ...


def is_origin_allowed(*args, **kwargs): ...

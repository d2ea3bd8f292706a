# Facts about social_django.models, written by generate.py.

from django.conf import settings
from django.db import models
from social_django.managers import UserSocialAuthManager


TYPE_CHECKING = False
USER_MODEL = 'auth.User'
UID_LENGTH = 255
EMAIL_LENGTH = 254
NONCE_SERVER_URL_LENGTH = 255
ASSOCIATION_SERVER_URL_LENGTH = 255
ASSOCIATION_HANDLE_LENGTH = 255


class AbstractUserSocialAuth(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="social_auth",
    )
    provider = models.CharField()
    id_key = models.CharField()
    uid = models.CharField()
    extra_data = models.JSONField()
    created = models.DateTimeField()
    modified = models.DateTimeField()
    objects = UserSocialAuthManager()

    class Meta:
        abstract = True


class UserSocialAuth(AbstractUserSocialAuth):

    class Meta:
        db_table = "social_auth_usersocialauth"
        app_label = "social_django"


class Nonce(models.Model):
    server_url = models.CharField()
    timestamp = models.IntegerField()
    salt = models.CharField()
    objects = models.Manager()

    class Meta:
        db_table = "social_auth_nonce"
        app_label = "social_django"


class Association(models.Model):
    server_url = models.CharField()
    handle = models.CharField()
    secret = models.CharField()
    issued = models.IntegerField()
    lifetime = models.IntegerField()
    assoc_type = models.CharField()
    objects = models.Manager()

    class Meta:
        db_table = "social_auth_association"
        app_label = "social_django"


class Code(models.Model):
    email = models.EmailField()
    code = models.CharField()
    verified = models.BooleanField()
    timestamp = models.DateTimeField()
    objects = models.Manager()

    class Meta:
        db_table = "social_auth_code"
        app_label = "social_django"


class Partial(models.Model):
    token = models.CharField()
    next_step = models.PositiveSmallIntegerField()
    backend = models.CharField()
    data = models.JSONField()
    timestamp = models.DateTimeField()
    objects = models.Manager()

    class Meta:
        db_table = "social_auth_partial"
        app_label = "social_django"


class DjangoStorage:
    user = UserSocialAuth
    nonce = Nonce
    association = Association
    code = Code
    partial = Partial

    @classmethod
    def is_integrity_error(*args, **kwargs): ...

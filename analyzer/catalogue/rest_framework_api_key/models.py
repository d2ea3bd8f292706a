# Facts about rest_framework_api_key.models, written by generate.py.

from django.db import models


class BaseAPIKeyManager(models.Manager):

    def assign_key(self, *args, **kwargs): ...

    def create_key(self, *args, **kwargs): ...

    def get_usable_keys(self, *args, **kwargs): ...

    def get_from_key(self, *args, **kwargs): ...

    def is_valid(self, *args, **kwargs): ...


class APIKeyManager(BaseAPIKeyManager):
    pass


class AbstractAPIKey(models.Model):
    id = models.CharField(unique=True, primary_key=True)
    prefix = models.CharField(unique=True)
    hashed_key = models.CharField()
    created = models.DateTimeField()
    name = models.CharField()
    revoked = models.BooleanField()
    expiry_date = models.DateTimeField(null=True)
    objects = APIKeyManager()

    class Meta:
        abstract = True


class APIKey(AbstractAPIKey):
    pass

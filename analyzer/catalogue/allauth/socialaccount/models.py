# Facts about allauth.socialaccount.models, written by generate.py.

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models


class SocialAppManager(models.Manager):

    def on_site(self, *args, **kwargs): ...


class SocialApp(models.Model):
    provider = models.CharField()
    provider_id = models.CharField()
    name = models.CharField()
    client_id = models.CharField()
    secret = models.CharField()
    key = models.CharField()
    settings = models.JSONField()
    sites = models.ManyToManyField("sites.Site")
    objects = SocialAppManager()


class SocialAccount(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    provider = models.CharField()
    uid = models.CharField()
    last_login = models.DateTimeField()
    date_joined = models.DateTimeField()
    extra_data = models.JSONField()
    objects = models.Manager()


class SocialToken(models.Model):
    app = models.ForeignKey("socialaccount.SocialApp", on_delete=models.SET_NULL, null=True)
    account = models.ForeignKey("socialaccount.SocialAccount", on_delete=models.CASCADE)
    token = models.TextField()
    token_secret = models.TextField()
    expires_at = models.DateTimeField(null=True)
    objects = models.Manager()


class SocialLogin:

    def connect(self, *args, **kwargs): ...

    @property
    def is_headless(self): ...

    def serialize(self, *args, **kwargs): ...

    @classmethod
    def deserialize(*args, **kwargs): ...

    def save(self, *args, **kwargs): ...

    @property
    def is_existing(self): ...

    def lookup(self, *args, **kwargs): ...

    def get_redirect_url(self, *args, **kwargs): ...

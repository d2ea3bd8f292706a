# Facts about captcha.models, written by generate.py.

from django.db import models


MAX_RANDOM_KEY = 18446744073709551616


class CaptchaStore(models.Model):
    id = models.AutoField(primary_key=True)
    challenge = models.CharField()
    response = models.CharField()
    hashkey = models.CharField(unique=True)
    expiration = models.DateTimeField()
    objects = models.Manager()

# Facts about wagtail.embeds.models, written by generate.py.

from django.db import models


class Embed(models.Model):
    url = models.TextField()
    max_width = models.SmallIntegerField(null=True)
    hash = models.CharField(unique=True)
    type = models.CharField()
    html = models.TextField()
    title = models.TextField()
    author_name = models.TextField()
    provider_name = models.TextField()
    thumbnail_url = models.TextField()
    width = models.IntegerField(null=True)
    height = models.IntegerField(null=True)
    last_updated = models.DateTimeField()
    cache_until = models.DateTimeField(null=True)
    objects = models.Manager()

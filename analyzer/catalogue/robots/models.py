# Facts about robots.models, written by generate.py.

from django.db import models


class Url(models.Model):
    pattern = models.CharField()
    objects = models.Manager()


class Rule(models.Model):
    robot = models.CharField()
    allowed = models.ManyToManyField("robots.Url", related_name="allowed")
    disallowed = models.ManyToManyField("robots.Url", related_name="disallowed")
    sites = models.ManyToManyField("sites.Site")
    crawl_delay = models.DecimalField(null=True)
    objects = models.Manager()

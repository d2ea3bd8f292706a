# Facts about constance.models, written by generate.py.

from django.db import models


class Constance(models.Model):
    key = models.CharField(unique=True)
    value = models.TextField(null=True)
    objects = models.Manager()

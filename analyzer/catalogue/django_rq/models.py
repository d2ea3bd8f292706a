# Facts about django_rq.models, written by generate.py.

from django.db import models


class Dashboard(models.Model):
    objects = models.Manager()

    class Meta:
        managed = False

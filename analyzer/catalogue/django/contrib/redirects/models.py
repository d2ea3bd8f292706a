# Facts about django.contrib.redirects.models, written by generate.py.

from django.contrib.sites.models import Site
from django.db import models


class Redirect(models.Model):
    site = models.ForeignKey("sites.Site", on_delete=models.CASCADE)
    old_path = models.CharField()
    new_path = models.CharField()
    objects = models.Manager()

    class Meta:
        db_table = "django_redirect"

# Facts about wagtail.models.view_restrictions, written by generate.py.

from django.db import models


class BaseViewRestriction(models.Model):
    restriction_type = models.CharField()
    password = models.CharField()
    groups = models.ManyToManyField("auth.Group")

    class Meta:
        abstract = True

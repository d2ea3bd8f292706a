# Facts about wagtail.contrib.settings.models, written by generate.py.

from django.db import models
from wagtail.models.sites import Site


class AbstractSetting(models.Model):

    class Meta:
        abstract = True


class BaseSiteSetting(AbstractSetting):
    site = models.OneToOneField("wagtailcore.Site", on_delete=models.CASCADE)

    class Meta:
        abstract = True


class BaseGenericSetting(AbstractSetting):

    class Meta:
        abstract = True

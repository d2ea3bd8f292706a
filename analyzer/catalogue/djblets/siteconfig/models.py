# Facts about djblets.siteconfig.models, written by generate.py.

from django.db import models
from djblets.db.fields.json_field import JSONField


TYPE_CHECKING = False


class SiteConfigSettingsWrapper:
    pass


class SiteConfiguration(models.Model):
    site = models.ForeignKey("sites.Site", on_delete=models.CASCADE, related_name="config")
    version = models.CharField()
    settings = JSONField()

    class Meta:
        db_table = "siteconfig_siteconfiguration"

# Facts about djblets.siteconfig.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from djblets.siteconfig.models import SiteConfiguration


class SiteConfigurationAdmin(ModelAdmin):
    list_display = ('site', 'version')

    @property
    def media(self): ...


admin.site.register(SiteConfiguration, SiteConfigurationAdmin)

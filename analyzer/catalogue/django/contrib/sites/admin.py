# Facts about django.contrib.sites.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django.contrib.sites.models import Site


class SiteAdmin(ModelAdmin):
    list_display = ('domain', 'name')
    search_fields = ('domain', 'name')

    @property
    def media(self): ...


admin.site.register(Site, SiteAdmin)

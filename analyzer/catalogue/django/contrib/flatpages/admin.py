# Facts about django.contrib.flatpages.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django.contrib.flatpages.models import FlatPage


class FlatPageAdmin(ModelAdmin):
    list_display = ('url', 'title')
    list_filter = ('sites', 'registration_required')
    search_fields = ('url', 'title')

    @property
    def media(self): ...


admin.site.register(FlatPage, FlatPageAdmin)

# Facts about django.contrib.redirects.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django.contrib.redirects.models import Redirect


class RedirectAdmin(ModelAdmin):
    list_display = ('old_path', 'new_path')
    list_filter = ('site',)
    search_fields = ('old_path', 'new_path')
    radio_fields = {'site': 2}

    @property
    def media(self): ...


admin.site.register(Redirect, RedirectAdmin)

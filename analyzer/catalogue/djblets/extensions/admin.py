# Facts about djblets.extensions.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from djblets.extensions.models import RegisteredExtension


class RegisteredExtensionAdmin(ModelAdmin):
    list_display = ('class_name', 'name', 'enabled')

    @property
    def media(self): ...


admin.site.register(RegisteredExtension, RegisteredExtensionAdmin)

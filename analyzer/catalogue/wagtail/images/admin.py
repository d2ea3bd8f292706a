# Facts about wagtail.images.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from wagtail.images.models import Image


admin.site.register(Image, ModelAdmin)

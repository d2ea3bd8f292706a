# Facts about wagtail.documents.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from wagtail.documents.models import Document


admin.site.register(Document, ModelAdmin)

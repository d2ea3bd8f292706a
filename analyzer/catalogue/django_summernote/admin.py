# Facts about django_summernote.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.options import ModelAdmin
from django_summernote.models import Attachment


class SummernoteModelAdminMixin:
    summernote_fields = '__all__'

    def formfield_for_dbfield(self, *args, **kwargs): ...


class SummernoteInlineModelAdmin(SummernoteModelAdminMixin, InlineModelAdmin):

    @property
    def media(self): ...


class SummernoteModelAdmin(SummernoteModelAdminMixin, ModelAdmin):

    @property
    def media(self): ...


class AttachmentAdmin(ModelAdmin):
    list_display = ['name', 'file', 'uploaded']
    search_fields = ['name']
    ordering = ('-id',)

    @property
    def media(self): ...


admin.site.register(Attachment, AttachmentAdmin)

# Facts about taggit.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django.contrib.admin.options import StackedInline
from django.urls import path
from taggit.models import Tag
from taggit.models import TaggedItem


class TaggedItemInline(StackedInline):
    model = TaggedItem

    @property
    def media(self): ...


class TagAdmin(ModelAdmin):
    list_display = ['name', 'slug']
    ordering = ['name', 'slug']
    search_fields = ['name']
    prepopulated_fields = {'slug': ['name']}
    actions = ['render_tag_form']

    def render_tag_form(self, *args, **kwargs): ...

    def merge_tags_view(self, *args, **kwargs): ...

    @property
    def media(self): ...

    def get_urls(self):
        return [
            path('merge-tags/', self.admin_site.admin_view(self.merge_tags_view), name='taggit_tag_merge_tags',),
        ] + super().get_urls()


admin.site.register(Tag, TagAdmin)

"""Admin pages of research."""

from django.contrib import admin
from django.contrib.contenttypes.admin import GenericTabularInline

from research import models


class CommentInline(GenericTabularInline):
    model = models.Comment
    extra = 0


@admin.register(models.ResearchProject)
class ResearchProjectAdmin(admin.ModelAdmin):
    list_display = ["slug", "title", "owner", "instrument"]
    search_fields = ["title", "instrument__symbol"]
    prepopulated_fields = {"slug": ["title"]}
    raw_id_fields = ["owner", "instrument"]
    inlines = [CommentInline]


admin.site.register([models.SequenceRun, models.Comment])

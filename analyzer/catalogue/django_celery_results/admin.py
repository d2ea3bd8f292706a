# Facts about django_celery_results.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django_celery_results.models import GroupResult
from django_celery_results.models import TaskResult


ALLOW_EDITS = False


class TaskResultAdmin(ModelAdmin):
    model = TaskResult
    date_hierarchy = 'date_done'

    def get_readonly_fields(self, *args, **kwargs): ...

    @property
    def media(self): ...


class GroupResultAdmin(ModelAdmin):
    model = GroupResult
    date_hierarchy = 'date_done'
    list_display = ('group_id', 'date_done')
    list_filter = ('date_done',)
    readonly_fields = ('date_created', 'date_done', 'result')
    search_fields = ('group_id',)

    @property
    def media(self): ...


admin.site.register(TaskResult, TaskResultAdmin)
admin.site.register(GroupResult, GroupResultAdmin)

# Facts about background_task.admin, written by generate.py.

from background_task.models import CompletedTask
from background_task.models import Task
from django.contrib import admin
from django.contrib.admin.options import ModelAdmin


def inc_priority(*args, **kwargs): ...


def dec_priority(*args, **kwargs): ...


class TaskAdmin(ModelAdmin):
    display_filter = ['task_name']
    search_fields = ['task_name', 'task_params']

    @property
    def media(self): ...


class CompletedTaskAdmin(ModelAdmin):
    display_filter = ['task_name']
    search_fields = ['task_name', 'task_params']

    @property
    def media(self): ...


admin.site.register(Task, TaskAdmin)
admin.site.register(CompletedTask, CompletedTaskAdmin)

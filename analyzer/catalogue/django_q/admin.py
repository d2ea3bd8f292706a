# Facts about django_q.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django_q.models import Failure
from django_q.models import Schedule
from django_q.models import Success


def resubmit_task(*args, **kwargs): ...


class TaskAdmin(ModelAdmin):
    search_fields = ('name', 'func', 'group')
    readonly_fields = []
    list_filter = ('group', 'cluster')

    def has_add_permission(self, *args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...

    def get_readonly_fields(self, *args, **kwargs): ...

    def time_taken(self, *args, **kwargs): ...

    @property
    def media(self): ...


class FailAdmin(ModelAdmin):
    search_fields = ('name', 'func', 'group')
    list_filter = ('group', 'cluster')
    readonly_fields = []

    def has_add_permission(self, *args, **kwargs): ...

    def get_readonly_fields(self, *args, **kwargs): ...

    def short_result(self, *args, **kwargs): ...

    @property
    def media(self): ...


class ScheduleAdmin(ModelAdmin):
    list_filter = ('next_run', 'schedule_type', 'cluster')
    search_fields = ('name', 'func')
    list_display_links = ('id', 'name')

    def get_queryset(self, *args, **kwargs): ...

    def get_success(self, *args, **kwargs): ...

    def get_last_run(self, *args, **kwargs): ...

    @property
    def media(self): ...


class QueueAdmin(ModelAdmin):
    list_display = ('id', 'key', 'name', 'group', 'func', 'lock', 'task_id')
    list_filter = ('key',)

    def save_model(self, *args, **kwargs): ...

    def delete_model(self, *args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...

    def has_add_permission(self, *args, **kwargs): ...

    @property
    def media(self): ...


admin.site.register(Schedule, ScheduleAdmin)
admin.site.register(Success, TaskAdmin)
admin.site.register(Failure, FailAdmin)

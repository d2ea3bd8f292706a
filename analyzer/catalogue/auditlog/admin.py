# Facts about auditlog.admin, written by generate.py.

from auditlog.models import LogEntry
from django.contrib import admin
from django.contrib.admin.options import ModelAdmin


class LogEntryAdmin(ModelAdmin):
    date_hierarchy = 'timestamp'
    list_select_related = ['content_type', 'actor']
    readonly_fields = ['created', 'resource_url', 'action', 'user_url', 'msg']

    def has_add_permission(self, *args, **kwargs): ...

    def has_change_permission(self, *args, **kwargs): ...

    def has_delete_permission(self, *args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...

    @property
    def media(self): ...


admin.site.register(LogEntry, LogEntryAdmin)

# Facts about axes.admin, written by generate.py.

from axes.models import AccessAttempt
from axes.models import AccessFailureLog
from axes.models import AccessLog
from django.contrib import admin
from django.contrib.admin.filters import SimpleListFilter
from django.contrib.admin.options import ModelAdmin


class IsLockedOutFilter(SimpleListFilter):
    parameter_name = 'locked_out'

    def lookups(self, *args, **kwargs): ...

    def queryset(self, *args, **kwargs): ...


class AccessAttemptAdmin(ModelAdmin):
    search_fields = ['ip_address', 'username', 'user_agent', 'path_info']
    date_hierarchy = 'attempt_time'
    actions = ['cleanup_expired_attempts']

    def cleanup_expired_attempts(self, *args, **kwargs): ...

    def has_add_permission(self, *args, **kwargs): ...

    def expiration(self, *args, **kwargs): ...

    def status(self, *args, **kwargs): ...

    @property
    def media(self): ...


class AccessLogAdmin(ModelAdmin):
    list_filter = ['attempt_time', 'logout_time', 'path_info']
    search_fields = ['ip_address', 'user_agent', 'username', 'path_info']
    date_hierarchy = 'attempt_time'

    def has_add_permission(self, *args, **kwargs): ...

    @property
    def media(self): ...


class AccessFailureLogAdmin(ModelAdmin):
    list_filter = ['attempt_time', 'locked_out', 'path_info']
    search_fields = ['ip_address', 'user_agent', 'username', 'path_info']
    date_hierarchy = 'attempt_time'

    def has_add_permission(self, *args, **kwargs): ...

    @property
    def media(self): ...


admin.site.register(AccessAttempt, AccessAttemptAdmin)
admin.site.register(AccessLog, AccessLogAdmin)
admin.site.register(AccessFailureLog, AccessFailureLogAdmin)

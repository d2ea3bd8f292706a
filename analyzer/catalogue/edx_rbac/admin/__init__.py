# Facts about edx_rbac.admin, written by generate.py.

from django.contrib.admin.options import ModelAdmin


class UserRoleAssignmentAdmin(ModelAdmin):
    list_display = ('user', 'role')
    list_filter = ('role',)
    search_fields = ('user__email', 'role__name')
    fields = ('user', 'role')

    @property
    def media(self): ...

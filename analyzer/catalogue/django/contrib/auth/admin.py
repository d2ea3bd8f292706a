# Facts about django.contrib.auth.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django.contrib.auth.models import Group
from django.contrib.auth.models import User
from django.urls import path


IS_POPUP_VAR = '_popup'


class GroupAdmin(ModelAdmin):
    search_fields = ('name',)
    ordering = ('name',)
    filter_horizontal = ('permissions',)

    def formfield_for_manytomany(self, *args, **kwargs): ...

    @property
    def media(self): ...


class UserAdmin(ModelAdmin):
    add_form_template = 'admin/auth/user/add_form.html'
    change_user_password_template = None
    list_display = ('username', 'email', 'first_name', 'last_name', 'is_staff')
    list_filter = ('is_staff', 'is_superuser', 'is_active', 'groups')
    search_fields = ('username', 'first_name', 'last_name', 'email')
    ordering = ('username',)
    filter_horizontal = ('groups', 'user_permissions')

    def get_fieldsets(self, *args, **kwargs): ...

    def get_form(self, *args, **kwargs): ...

    def lookup_allowed(self, *args, **kwargs): ...

    def add_view(self, *args, **kwargs): ...

    def user_change_password(self, *args, **kwargs): ...

    def response_add(self, *args, **kwargs): ...

    @property
    def media(self): ...

    def get_urls(self):
        return [
            path('<id>/password/', self.admin_site.admin_view(self.user_change_password), name='auth_user_password_change',),
        ] + super().get_urls()


admin.site.register(Group, GroupAdmin)
admin.site.register(User, UserAdmin)

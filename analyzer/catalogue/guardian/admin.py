# Facts about guardian.admin, written by generate.py.

from django.contrib.admin.options import ModelAdmin
from django.forms.forms import Form


VERSION = (5, 2, 19, 'final', 0)


class GuardedInlineAdminMixin:

    def has_add_permission(self, *args, **kwargs): ...

    def has_view_permission(self, *args, **kwargs): ...

    def has_change_permission(self, *args, **kwargs): ...

    def has_delete_permission(self, *args, **kwargs): ...


class AdminUserObjectPermissionsForm:
    declared_fields = {}
    base_fields = {}

    def get_obj_perms_field_widget(self, *args, **kwargs): ...

    @property
    def media(self): ...


class AdminGroupObjectPermissionsForm:
    declared_fields = {}
    base_fields = {}

    def get_obj_perms_field_widget(self, *args, **kwargs): ...

    @property
    def media(self): ...


class GuardedModelAdminMixin:
    change_form_template = 'admin/guardian/model/change_form.html'
    obj_perms_manage_template = 'admin/guardian/model/obj_perms_manage.html'
    obj_perms_manage_user_template = 'admin/guardian/model/obj_perms_manage_user.html'
    obj_perms_manage_group_template = 'admin/guardian/model/obj_perms_manage_group.html'
    user_can_access_owned_objects_only = False
    user_owned_objects_field = 'user'
    user_can_access_owned_by_group_objects_only = False
    group_owned_objects_field = 'group'
    user_can_access_permitted_objects_only = False
    permitted_objects_perms = ()
    permitted_objects_any_perm = True
    permitted_objects_accept_global_perms = False
    include_object_permissions_urls = True

    def get_queryset(self, *args, **kwargs): ...

    def get_urls(self, *args, **kwargs): ...

    def get_obj_perms_base_context(self, *args, **kwargs): ...

    def obj_perms_manage_view(self, *args, **kwargs): ...

    def get_obj_perms_manage_template(self, *args, **kwargs): ...

    def obj_perms_manage_user_view(self, *args, **kwargs): ...

    def get_obj_perms_manage_user_template(self, *args, **kwargs): ...

    def get_obj_perms_user_select_form(self, *args, **kwargs): ...

    def get_obj_perms_group_select_form(self, *args, **kwargs): ...

    def get_obj_perms_manage_user_form(self, *args, **kwargs): ...

    def obj_perms_manage_group_view(self, *args, **kwargs): ...

    def get_obj_perms_manage_group_template(self, *args, **kwargs): ...

    def get_obj_perms_manage_group_form(self, *args, **kwargs): ...


class ReinforcedGuardedModelAdminMixin(GuardedModelAdminMixin):

    def obj_perms_manage_view(self, *args, **kwargs): ...

    def obj_perms_manage_user_view(self, *args, **kwargs): ...

    def obj_perms_manage_group_view(self, *args, **kwargs): ...


class GuardedModelAdmin(GuardedModelAdminMixin, ModelAdmin):

    @property
    def media(self): ...


class ReinforcedGuardedModelAdmin(ReinforcedGuardedModelAdminMixin, ModelAdmin):

    @property
    def media(self): ...


class UserManage(Form):

    def clean_user(self, *args, **kwargs): ...

    @property
    def media(self): ...


class GroupManage(Form):

    def clean_group(self, *args, **kwargs): ...

    @property
    def media(self): ...

# Facts about edx_rbac.mixins, written by generate.py.


class PermissionRequiredMixin:
    object_permission_required = None
    permission_required = None

    def get_permission_required(self, *args, **kwargs): ...

    def check_permissions(self, *args, **kwargs): ...


class PermissionRequiredForListingMixin(PermissionRequiredMixin):
    staff_are_never_forbidden = True
    superusers_can_access_anything = True
    list_lookup_field = None
    allowed_roles = []
    role_assignment_class = None

    @property
    def base_queryset(self): ...

    def check_permissions(self, *args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...

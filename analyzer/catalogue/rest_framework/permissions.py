# Facts about rest_framework.permissions, written by generate.py.


SAFE_METHODS = ('GET', 'HEAD', 'OPTIONS')


class OperationHolderMixin:
    pass


class SingleOperandHolder(OperationHolderMixin):
    pass


class OperandHolder(OperationHolderMixin):
    pass


class AND:

    def has_permission(self, *args, **kwargs): ...

    def has_object_permission(self, *args, **kwargs): ...


class OR:

    def has_permission(self, *args, **kwargs): ...

    def has_object_permission(self, *args, **kwargs): ...


class NOT:

    def has_permission(self, *args, **kwargs): ...

    def has_object_permission(self, *args, **kwargs): ...


class BasePermissionMetaclass(OperationHolderMixin):
    pass


class BasePermission:

    def has_permission(self, *args, **kwargs): ...

    def has_object_permission(self, *args, **kwargs): ...


class AllowAny(BasePermission):

    def has_permission(self, *args, **kwargs): ...


class IsAuthenticated(BasePermission):

    def has_permission(self, *args, **kwargs): ...


class IsAdminUser(BasePermission):

    def has_permission(self, *args, **kwargs): ...


class IsAuthenticatedOrReadOnly(BasePermission):

    def has_permission(self, *args, **kwargs): ...


class DjangoModelPermissions(BasePermission):
    authenticated_users_only = True

    def get_required_permissions(self, *args, **kwargs): ...

    def has_permission(self, *args, **kwargs): ...


class DjangoModelPermissionsOrAnonReadOnly(DjangoModelPermissions):
    authenticated_users_only = False


class DjangoObjectPermissions(DjangoModelPermissions):

    def get_required_object_permissions(self, *args, **kwargs): ...

    def has_object_permission(self, *args, **kwargs): ...

# Facts about guardian.mixins, written by generate.py.


DJANGO_VERSION = (5, 2, 19, 'final', 0)
REDIRECT_FIELD_NAME = 'next'


class LoginRequiredMixin:
    redirect_field_name = 'next'
    login_url = '/accounts/login/'

    def dispatch(self, *args, **kwargs): ...


class PermissionRequiredMixin:
    login_url = '/accounts/login/'
    permission_required = None
    redirect_field_name = 'next'
    return_403 = False
    return_404 = False
    raise_exception = False
    object_permission_denied_message = ''
    accept_global_perms = False
    any_perm = False

    def get_object_permission_denied_message(self, *args, **kwargs): ...

    def get_required_permissions(self, *args, **kwargs): ...

    def get_permission_object(self, *args, **kwargs): ...

    def check_permissions(self, *args, **kwargs): ...

    def on_permission_check_fail(self, *args, **kwargs): ...

    def aget_permission_object(self, *args, **kwargs): ...

    def acheck_permissions(self, *args, **kwargs): ...

    def dispatch(self, *args, **kwargs): ...

    def adispatch(self, *args, **kwargs): ...


class GuardianUserMixin:

    @staticmethod
    def get_anonymous(*args, **kwargs): ...

    def add_obj_perm(self, *args, **kwargs): ...

    def del_obj_perm(self, *args, **kwargs): ...


class GuardianGroupMixin:

    def add_obj_perm(self, *args, **kwargs): ...

    def del_obj_perm(self, *args, **kwargs): ...


class PermissionListMixin:
    permission_required = None
    get_objects_for_user_extra_kwargs = {}

    def get_required_permissions(self, *args, **kwargs): ...

    def get_get_objects_for_user_kwargs(self, *args, **kwargs): ...

    def get_user_object_kwargs(self, *args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...

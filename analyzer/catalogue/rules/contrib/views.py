# Written by hand.
# What rules.contrib.views does as far as tables are concerned.

from django.contrib.auth import mixins


class PermissionRequiredMixin(mixins.PermissionRequiredMixin):
    def get_permission_object(self):
        if hasattr(self, "get_object"):
            return self.get_object()
        return None

    def get_permission_required(self):
        if isinstance(self.permission_required, str):
            return (self.permission_required,)
        return self.permission_required

    def has_permission(self):
        wanted = self.get_permission_required()
        return self.request.user.has_perms(wanted, self.get_permission_object())


class AutoPermissionRequiredMixin(PermissionRequiredMixin):
    pass


def objectgetter(model, attr_name="pk", field_name="pk"):
    def getter(request, *view_args, **view_kwargs):
        return model.objects.get(**{field_name: view_kwargs[attr_name]})

    return getter


def permission_required(perm, fn=None, login_url=None, raise_exception=False):
    def decorator(view):
        def wrapper(request, *args, **kwargs):
            if fn is None:
                request.user.has_perm(perm)
            else:
                request.user.has_perm(perm, fn(request, *args, **kwargs))
            return view(request, *args, **kwargs)

        wrapper.__wrapped__ = view
        return wrapper

    return decorator

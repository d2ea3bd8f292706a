# Facts about edx_rbac.decorators, written by generate.py.


def permission_required(*args, **kwargs): ...

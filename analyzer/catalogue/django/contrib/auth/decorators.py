# Written by hand.
# What django.contrib.auth.decorators does as far as tables are concerned.

from functools import wraps


REDIRECT_FIELD_NAME = 'next'


def user_passes_test(test_func, login_url=None, redirect_field_name="next"):
    def decorator(view):
        @wraps(view)
        def wrapper(request, *args, **kwargs):
            test_func(request.user)
            return view(request, *args, **kwargs)

        return wrapper

    return decorator


def login_required(function=None, redirect_field_name="next", login_url=None):
    decorator = user_passes_test(lambda user: user.is_authenticated)
    return decorator(function) if function else decorator


def login_not_required(view):
    return view


def permission_required(perm, login_url=None, raise_exception=False):
    return user_passes_test(lambda user: user.has_perms(perm))

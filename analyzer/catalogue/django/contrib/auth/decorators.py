# Facts about django.contrib.auth.decorators, written by generate.py.


REDIRECT_FIELD_NAME = 'next'


def user_passes_test(*args, **kwargs): ...


def login_required(*args, **kwargs): ...


def login_not_required(*args, **kwargs): ...


def permission_required(*args, **kwargs): ...

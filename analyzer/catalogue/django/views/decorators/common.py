# Facts about django.views.decorators.common, written by generate.py.


def no_append_slash(*args, **kwargs): ...

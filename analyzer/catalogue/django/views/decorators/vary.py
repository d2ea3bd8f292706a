# Facts about django.views.decorators.vary, written by generate.py.


def vary_on_headers(*args, **kwargs): ...

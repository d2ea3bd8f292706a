# Facts about django.views.decorators.csrf, written by generate.py.


def csrf_exempt(*args, **kwargs): ...

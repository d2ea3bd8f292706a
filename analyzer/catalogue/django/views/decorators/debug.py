# Facts about django.views.decorators.debug, written by generate.py.


def sensitive_variables(*args, **kwargs): ...


def sensitive_post_parameters(*args, **kwargs): ...

# Facts about django.views.csrf, written by generate.py.


CSRF_FAILURE_TEMPLATE_NAME = '403_csrf.html'


def builtin_template_path(*args, **kwargs): ...


def csrf_failure(*args, **kwargs): ...

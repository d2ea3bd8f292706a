# Facts about django.views.defaults, written by generate.py.


ERROR_404_TEMPLATE_NAME = '404.html'
ERROR_403_TEMPLATE_NAME = '403.html'
ERROR_400_TEMPLATE_NAME = '400.html'
ERROR_500_TEMPLATE_NAME = '500.html'


def page_not_found(*args, **kwargs): ...


def server_error(*args, **kwargs): ...


def bad_request(*args, **kwargs): ...


def permission_denied(*args, **kwargs): ...

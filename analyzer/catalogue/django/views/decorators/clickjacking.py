# Facts about django.views.decorators.clickjacking, written by generate.py.


def xframe_options_deny(*args, **kwargs): ...


def xframe_options_sameorigin(*args, **kwargs): ...


def xframe_options_exempt(*args, **kwargs): ...

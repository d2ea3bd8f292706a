# Facts about django.contrib.staticfiles.views, written by generate.py.


def serve(*args, **kwargs): ...

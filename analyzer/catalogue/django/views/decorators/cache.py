# Facts about django.views.decorators.cache, written by generate.py.


def cache_page(*args, **kwargs): ...


def cache_control(*args, **kwargs): ...


def never_cache(*args, **kwargs): ...

# Facts about impersonate.views, written by generate.py.


def stop_impersonate(*args, **kwargs): ...

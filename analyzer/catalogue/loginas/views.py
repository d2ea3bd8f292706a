# Facts about loginas.views, written by generate.py.


def user_login(*args, **kwargs): ...


def user_logout(*args, **kwargs): ...

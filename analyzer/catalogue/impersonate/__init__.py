# Facts about impersonate, written by generate.py.


VERSION = (1, 9, 5, 'final', 0)


def get_version(*args, **kwargs): ...

# Facts about wagtail, written by generate.py.


VERSION = (8, 0, 1, 'final', 1)


def setup(*args, **kwargs): ...

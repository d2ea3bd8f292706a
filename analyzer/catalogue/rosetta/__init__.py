# Facts about rosetta, written by generate.py.


VERSION = (0, 10, 3)


def get_version(*args, **kwargs): ...

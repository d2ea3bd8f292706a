# Facts about modelsearch, written by generate.py.


VERSION = (1, 3, 2, 'final', 0)


def format_version(*args, **kwargs): ...

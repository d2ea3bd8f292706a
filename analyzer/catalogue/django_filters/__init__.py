# Facts about django_filters, written by generate.py.


VERSION = (26, 2)


def parse_version(*args, **kwargs): ...

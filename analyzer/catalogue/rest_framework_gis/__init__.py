# Facts about rest_framework_gis, written by generate.py.


VERSION = (1, 3, 0, 'final')


def get_version(*args, **kwargs): ...

# Facts about easy_thumbnails, written by generate.py.


VERSION = (2, 10, 1, 'final', 0)


def get_version(*args, **kwargs): ...

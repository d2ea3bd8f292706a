# Facts about django_extensions, written by generate.py.


VERSION = (4, 1, 0, 'final', 0)

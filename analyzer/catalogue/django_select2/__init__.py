# Facts about django_select2, written by generate.py.


VERSION = (8, 4, 8)

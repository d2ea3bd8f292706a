# Facts about django_q, written by generate.py.


VERSION = (1, 11, 1)

# Facts about hitcount, written by generate.py.


VERSION = (1, 3, 5)

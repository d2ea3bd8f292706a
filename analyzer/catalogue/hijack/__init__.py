# Facts about hijack, written by generate.py.


VERSION = (3, 7, 9)

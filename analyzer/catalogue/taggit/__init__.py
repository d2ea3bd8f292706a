# Facts about taggit, written by generate.py.


VERSION = (6, 1, 0)

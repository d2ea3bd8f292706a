# Facts about reversion, written by generate.py.


VERSION = (6, 4, 0)

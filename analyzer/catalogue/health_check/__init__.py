# Facts about health_check, written by generate.py.


VERSION = (4, 8, 0)

# Facts about allauth, written by generate.py.


VERSION = (65, 21, 1, 'final', 0)

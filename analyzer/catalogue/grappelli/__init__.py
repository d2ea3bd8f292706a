# Facts about grappelli, written by generate.py.


VERSION = '5.0.1'

# Facts about rest_framework_simplejwt.token_blacklist, written by generate.py.


VERSION = (5, 2, 19, 'final', 0)

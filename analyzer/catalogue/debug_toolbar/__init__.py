# Facts about debug_toolbar, written by generate.py.


APP_NAME = 'djdt'
VERSION = '8.0.0'

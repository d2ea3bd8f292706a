# Facts about django.contrib.messages, written by generate.py.


DEBUG = 10
INFO = 20
SUCCESS = 25
WARNING = 30
ERROR = 40

# Facts about post_office, written by generate.py.


VERSION_STRING = '3.12.0'
VERSION = ['3', '12', '0']

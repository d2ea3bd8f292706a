# Facts about polymorphic, written by generate.py.


VERSION = '4.11.7'

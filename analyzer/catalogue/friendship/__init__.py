# Facts about friendship, written by generate.py.


VERSION = ['1', '12', '0']

# Facts about ckeditor, written by generate.py.


VERSION = (6, 7, 4)

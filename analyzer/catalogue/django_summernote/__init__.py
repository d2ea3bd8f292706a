# Facts about django_summernote, written by generate.py.


PROJECT = 'django-summernote'

# Facts about social_django.fields, written by generate.py.


POSTGRES_JSONFIELD = False
JSONFIELD_ENABLED = False

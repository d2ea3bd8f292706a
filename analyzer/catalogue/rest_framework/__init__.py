# Facts about rest_framework, written by generate.py.


VERSION = '3.18.3'
HTTP_HEADER_ENCODING = 'iso-8859-1'
ISO_8601 = 'iso-8601'
DJANGO_DURATION_FORMAT = 'django'

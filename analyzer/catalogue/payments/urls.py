# Facts about payments.urls, written by generate.py.

from django.urls import path
from django.urls import re_path


urlpatterns = [
    path('process/<uuid:token>/',
         process_data, name='process_payment'),
    re_path('^process/(?P<variant>[a-z-]+)/$',
         static_callback, name='static_process_payment'),
]

# Facts about nested_admin.urls, written by generate.py.

from django.urls import path
from django.urls import re_path
from nested_admin.views import server_data_js


urlpatterns = [
    re_path('^server-data\\.js$',
         server_data_js, name='nesting_server_data'),
]

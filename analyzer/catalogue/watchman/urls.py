# Facts about watchman.urls, written by generate.py.

from django.urls import path
from django.urls import re_path
from watchman.views import dashboard
from watchman.views import ping
from watchman.views import status


urlpatterns = [
    re_path('^$',
         status, name='status'),
    re_path('^dashboard/$',
         dashboard, name='dashboard'),
    re_path('^ping/$',
         ping, name='ping'),
]

# Facts about djblets.log.urls, written by generate.py.

from django.urls import path
from djblets.log.views import server_log


urlpatterns = [
    path('server/',
         server_log, name='server-log'),
]

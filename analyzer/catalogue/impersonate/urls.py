# Facts about impersonate.urls, written by generate.py.

from django.urls import path
from impersonate.views import stop_impersonate


urlpatterns = [
    path('stop/',
         stop_impersonate, name='impersonate-stop'),
    path('list/',
         None, name='impersonate-list'),
    path('search/',
         None, name='impersonate-search'),
    path('<path:uid>/',
         None, name='impersonate-start'),
]

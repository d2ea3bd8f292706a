# Facts about wagtail.documents.urls, written by generate.py.

from django.urls import path
from django.urls import re_path
from wagtail.documents.views.serve import authenticate_with_password
from wagtail.documents.views.serve import serve


urlpatterns = [
    re_path('^(\\d+)/(.*)$',
         serve, name='wagtaildocs_serve'),
    path('authenticate_with_password/<int:restriction_id>/',
         authenticate_with_password, name='wagtaildocs_authenticate_with_password'),
]

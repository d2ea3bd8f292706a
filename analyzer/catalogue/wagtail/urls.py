# Facts about wagtail.urls, written by generate.py.

from django.contrib.auth.views import LoginView
from django.urls import path
from django.urls import re_path
from wagtail.views import authenticate_with_password
from wagtail.views import serve


urlpatterns = [
    path('_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/',
         authenticate_with_password, name='wagtailcore_authenticate_with_password'),
    path('_util/login/',
         LoginView.as_view(), name='wagtailcore_login'),
    re_path('^((?:[\\w\\-]+/)*)$',
         serve, name='wagtail_serve'),
]

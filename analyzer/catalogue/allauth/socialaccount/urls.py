# Facts about allauth.socialaccount.urls, written by generate.py.

from allauth.socialaccount.views import ConnectionsView
from allauth.socialaccount.views import LoginCancelledView
from allauth.socialaccount.views import LoginErrorView
from allauth.socialaccount.views import SignupView
from django.urls import path


urlpatterns = [
    path('login/cancelled/',
         LoginCancelledView.as_view(), name='socialaccount_login_cancelled'),
    path('login/error/',
         LoginErrorView.as_view(), name='socialaccount_login_error'),
    path('signup/',
         SignupView.as_view(), name='socialaccount_signup'),
    path('',
         ConnectionsView.as_view(), name='socialaccount_connections'),
]

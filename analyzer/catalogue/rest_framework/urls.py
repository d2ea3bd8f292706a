# Facts about rest_framework.urls, written by generate.py.

from django.contrib.auth.views import LoginView
from django.contrib.auth.views import LogoutView
from django.urls import path


app_name = "rest_framework"
urlpatterns = [
    path('login/',
         LoginView.as_view(), name='login'),
    path('logout/',
         LogoutView.as_view(), name='logout'),
]

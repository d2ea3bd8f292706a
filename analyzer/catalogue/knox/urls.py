# Facts about knox.urls, written by generate.py.

from django.urls import path
from knox.views import LoginView
from knox.views import LogoutAllView
from knox.views import LogoutView


urlpatterns = [
    path('login/',
         LoginView.as_view(), name='knox_login'),
    path('logout/',
         LogoutView.as_view(), name='knox_logout'),
    path('logoutall/',
         LogoutAllView.as_view(), name='knox_logoutall'),
]

# Facts about dj_rest_auth.urls, written by generate.py.

from dj_rest_auth.views import LoginView
from dj_rest_auth.views import LogoutView
from dj_rest_auth.views import PasswordChangeView
from dj_rest_auth.views import PasswordResetConfirmView
from dj_rest_auth.views import PasswordResetView
from dj_rest_auth.views import UserDetailsView
from django.urls import path
from django.urls import re_path


urlpatterns = [
    re_path('password/reset/?$',
         PasswordResetView.as_view(), name='rest_password_reset'),
    re_path('password/reset/confirm/?$',
         PasswordResetConfirmView.as_view(), name='rest_password_reset_confirm'),
    re_path('login/?$',
         LoginView.as_view(), name='rest_login'),
    re_path('logout/?$',
         LogoutView.as_view(), name='rest_logout'),
    re_path('user/?$',
         UserDetailsView.as_view(), name='rest_user_details'),
    re_path('password/change/?$',
         PasswordChangeView.as_view(), name='rest_password_change'),
]

# Facts about allauth.account.urls, written by generate.py.

from allauth.account.views import AccountInactiveView
from allauth.account.views import ConfirmEmailView
from allauth.account.views import ConfirmLoginCodeView
from allauth.account.views import EmailView
from allauth.account.views import LoginView
from allauth.account.views import LogoutView
from allauth.account.views import PasswordChangeView
from allauth.account.views import PasswordResetDoneView
from allauth.account.views import PasswordResetFromKeyDoneView
from allauth.account.views import PasswordResetFromKeyView
from allauth.account.views import PasswordResetView
from allauth.account.views import PasswordSetView
from allauth.account.views import ReauthenticateView
from allauth.account.views import SignupView
from allauth.account.views import email_verification_sent
from django.urls import path
from django.urls import re_path


urlpatterns = [
    path('login/',
         LoginView.as_view(), name='account_login'),
    path('logout/',
         LogoutView.as_view(), name='account_logout'),
    path('inactive/',
         AccountInactiveView.as_view(), name='account_inactive'),
    path('signup/',
         SignupView.as_view(), name='account_signup'),
    path('reauthenticate/',
         ReauthenticateView.as_view(), name='account_reauthenticate'),
    path('email/',
         EmailView.as_view(), name='account_email'),
    path('confirm-email/',
         email_verification_sent, name='account_email_verification_sent'),
    path('password/change/',
         PasswordChangeView.as_view(), name='account_change_password'),
    path('password/set/',
         PasswordSetView.as_view(), name='account_set_password'),
    path('password/reset/',
         PasswordResetView.as_view(), name='account_reset_password'),
    path('login/code/confirm/',
         ConfirmLoginCodeView.as_view(), name='account_confirm_login_code'),
    re_path('^confirm-email/(?P<key>[-:\\w]+)/$',
         ConfirmEmailView.as_view(), name='account_confirm_email'),
    path('password/reset/key/done/',
         PasswordResetFromKeyDoneView.as_view(), name='account_reset_password_from_key_done'),
    re_path('^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$',
         PasswordResetFromKeyView.as_view(), name='account_reset_password_from_key'),
    path('password/reset/done/',
         PasswordResetDoneView.as_view(), name='account_reset_password_done'),
]

# Facts about mozilla_django_oidc.urls, written by generate.py.

from django.urls import path
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView
from mozilla_django_oidc.views import OIDCAuthenticationRequestView
from mozilla_django_oidc.views import OIDCLogoutView


urlpatterns = [
    path('callback/',
         OIDCAuthenticationCallbackView.as_view(), name='oidc_authentication_callback'),
    path('authenticate/',
         OIDCAuthenticationRequestView.as_view(), name='oidc_authentication_init'),
    path('logout/',
         OIDCLogoutView.as_view(), name='oidc_logout'),
]

# Facts about djangosaml2.urls, written by generate.py.

from django.urls import path
from djangosaml2.views import AssertionConsumerServiceView
from djangosaml2.views import LoginView
from djangosaml2.views import LogoutInitView
from djangosaml2.views import LogoutView
from djangosaml2.views import MetadataView


urlpatterns = [
    path('login/',
         LoginView.as_view(), name='saml2_login'),
    path('acs/',
         AssertionConsumerServiceView.as_view(), name='saml2_acs'),
    path('logout/',
         LogoutInitView.as_view(), name='saml2_logout'),
    path('ls/',
         LogoutView.as_view(), name='saml2_ls'),
    path('ls/post/',
         LogoutView.as_view(), name='saml2_ls_post'),
    path('metadata/',
         MetadataView.as_view(), name='saml2_metadata'),
]

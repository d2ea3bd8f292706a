# Facts about oauth2_provider.urls, written by generate.py.

from django.urls import path
from django.urls import re_path
from oauth2_provider.views.application import ApplicationDelete
from oauth2_provider.views.application import ApplicationDetail
from oauth2_provider.views.application import ApplicationList
from oauth2_provider.views.application import ApplicationRegistration
from oauth2_provider.views.application import ApplicationUpdate
from oauth2_provider.views.base import AuthorizationView
from oauth2_provider.views.base import RevokeTokenView
from oauth2_provider.views.base import TokenView
from oauth2_provider.views.device import DeviceAuthorizationView
from oauth2_provider.views.device import DeviceConfirmView
from oauth2_provider.views.device import DeviceGrantStatusView
from oauth2_provider.views.device import DeviceUserCodeView
from oauth2_provider.views.dynamic_client_registration import (
    DynamicClientRegistrationManagementView,
)
from oauth2_provider.views.dynamic_client_registration import DynamicClientRegistrationView
from oauth2_provider.views.introspect import IntrospectTokenView
from oauth2_provider.views.metadata import OAuthProtectedResourceMetadataView
from oauth2_provider.views.metadata import OAuthServerMetadataView
from oauth2_provider.views.oidc import ConnectDiscoveryInfoView
from oauth2_provider.views.oidc import JwksInfoView
from oauth2_provider.views.oidc import RPInitiatedLogoutView
from oauth2_provider.views.oidc import UserInfoView
from oauth2_provider.views.token import AuthorizedTokenDeleteView
from oauth2_provider.views.token import AuthorizedTokensListView


app_name = "oauth2_provider"
urlpatterns = [
    path('.well-known/oauth-authorization-server',
         OAuthServerMetadataView.as_view(), name='oauth-server-metadata'),
    path('.well-known/oauth-authorization-server/<path:issuer_path>',
         OAuthServerMetadataView.as_view(), name='oauth-server-metadata-issuer'),
    path('.well-known/oauth-protected-resource',
         OAuthProtectedResourceMetadataView.as_view(), name='oauth-resource-metadata'),
    path('.well-known/oauth-protected-resource/<path:resource_path>',
         OAuthProtectedResourceMetadataView.as_view(), name='oauth-resource-metadata-path'),
    path('authorize/',
         AuthorizationView.as_view(), name='authorize'),
    path('token/',
         TokenView.as_view(), name='token'),
    path('revoke_token/',
         RevokeTokenView.as_view(), name='revoke-token'),
    path('introspect/',
         IntrospectTokenView.as_view(), name='introspect'),
    path('device-authorization/',
         DeviceAuthorizationView.as_view(), name='device-authorization'),
    path('device/',
         DeviceUserCodeView.as_view(), name='device'),
    path('device-confirm/<slug:client_id>/<slug:user_code>',
         DeviceConfirmView.as_view(), name='device-confirm'),
    path('device-grant-status/<slug:client_id>/<slug:user_code>',
         DeviceGrantStatusView.as_view(), name='device-grant-status'),
    path('applications/',
         ApplicationList.as_view(), name='list'),
    path('applications/register/',
         ApplicationRegistration.as_view(), name='register'),
    path('applications/<slug:pk>/',
         ApplicationDetail.as_view(), name='detail'),
    path('applications/<slug:pk>/delete/',
         ApplicationDelete.as_view(), name='delete'),
    path('applications/<slug:pk>/update/',
         ApplicationUpdate.as_view(), name='update'),
    path('authorized_tokens/',
         AuthorizedTokensListView.as_view(), name='authorized-token-list'),
    path('authorized_tokens/<slug:pk>/delete/',
         AuthorizedTokenDeleteView.as_view(), name='authorized-token-delete'),
    re_path('^\\.well-known/openid-configuration/?$',
         ConnectDiscoveryInfoView.as_view(), name='oidc-connect-discovery-info'),
    path('.well-known/jwks.json',
         JwksInfoView.as_view(), name='jwks-info'),
    path('userinfo/',
         UserInfoView.as_view(), name='user-info'),
    path('logout/',
         RPInitiatedLogoutView.as_view(), name='rp-initiated-logout'),
    path('register/',
         DynamicClientRegistrationView.as_view(), name='dcr-register'),
    path('register/<str:client_id>/',
         DynamicClientRegistrationManagementView.as_view(), name='dcr-register-management'),
]

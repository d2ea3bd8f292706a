# Facts about invitations.urls, written by generate.py.

from django.urls import path
from django.urls import re_path
from invitations.views import AcceptInvite
from invitations.views import SendInvite
from invitations.views import SendJSONInvite


app_name = "invitations"
urlpatterns = [
    path('send-invite/',
         SendInvite.as_view(), name='send-invite'),
    path('send-json-invite/',
         SendJSONInvite.as_view(), name='send-json-invite'),
    re_path('^accept-invite/(?P<key>\\w+)/?$',
         AcceptInvite.as_view(), name='accept-invite'),
]

# Facts about user_sessions.urls, written by generate.py.

from django.urls import path
from django.urls import re_path
from user_sessions.views import SessionDeleteOtherView
from user_sessions.views import SessionDeleteView
from user_sessions.views import SessionListView


app_name = "user_sessions"
urlpatterns = [
    path('account/sessions/',
         SessionListView.as_view(), name='session_list'),
    path('account/sessions/other/delete/',
         SessionDeleteOtherView.as_view(), name='session_delete_other'),
    re_path('^account/sessions/(?P<pk>\\w+)/delete/$',
         SessionDeleteView.as_view(), name='session_delete'),
]

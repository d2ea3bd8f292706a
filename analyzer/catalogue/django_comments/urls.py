# Facts about django_comments.urls, written by generate.py.

from django.contrib.contenttypes.views import shortcut
from django.urls import path
from django.urls import re_path
from django_comments.views.comments import post_comment
from django_comments.views.moderation import approve
from django_comments.views.moderation import delete
from django_comments.views.moderation import flag


urlpatterns = [
    path('post/',
         post_comment, name='comments-post-comment'),
    path('posted/',
         None, name='comments-comment-done'),
    path('flag/<int:comment_id>/',
         flag, name='comments-flag'),
    path('flagged/',
         None, name='comments-flag-done'),
    path('delete/<int:comment_id>/',
         delete, name='comments-delete'),
    path('deleted/',
         None, name='comments-delete-done'),
    path('approve/<int:comment_id>/',
         approve, name='comments-approve'),
    path('approved/',
         None, name='comments-approve-done'),
    re_path('^cr/(\\d+)/(.+)/$',
         shortcut, name='comments-url-redirect'),
]

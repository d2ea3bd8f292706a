# Facts about friendship.urls, written by generate.py.

from django.urls import path
from friendship.views import all_users
from friendship.views import block_add
from friendship.views import block_remove
from friendship.views import blockers
from friendship.views import blocking
from friendship.views import follower_add
from friendship.views import follower_remove
from friendship.views import followers
from friendship.views import following
from friendship.views import friendship_accept
from friendship.views import friendship_add_friend
from friendship.views import friendship_cancel
from friendship.views import friendship_reject
from friendship.views import friendship_request_list
from friendship.views import friendship_request_list_rejected
from friendship.views import friendship_requests_detail
from friendship.views import view_friends


urlpatterns = [
    path('users/',
         all_users, name='friendship_view_users'),
    path('friends/<str:username>/',
         view_friends, name='friendship_view_friends'),
    path('friend/add/<str:to_username>/',
         friendship_add_friend, name='friendship_add_friend'),
    path('friend/accept/<int:friendship_request_id>/',
         friendship_accept, name='friendship_accept'),
    path('friend/reject/<int:friendship_request_id>/',
         friendship_reject, name='friendship_reject'),
    path('friend/cancel/<int:friendship_request_id>/',
         friendship_cancel, name='friendship_cancel'),
    path('friend/requests/',
         friendship_request_list, name='friendship_request_list'),
    path('friend/requests/rejected/',
         friendship_request_list_rejected, name='friendship_requests_rejected'),
    path('friend/request/<int:friendship_request_id>/',
         friendship_requests_detail, name='friendship_requests_detail'),
    path('followers/<str:username>/',
         followers, name='friendship_followers'),
    path('following/<str:username>/',
         following, name='friendship_following'),
    path('follower/add/<str:followee_username>/',
         follower_add, name='follower_add'),
    path('follower/remove/<str:followee_username>/',
         follower_remove, name='follower_remove'),
    path('blockers/<str:username>/',
         blockers, name='friendship_blockers'),
    path('blocking/<str:username>/',
         blocking, name='friendship_blocking'),
    path('block/add/<str:blocked_username>/',
         block_add, name='block_add'),
    path('block/remove/<str:blocked_username>/',
         block_remove, name='block_remove'),
]

# Facts about actstream.urls, written by generate.py.

from actstream.feeds import AtomModelActivityFeed
from actstream.feeds import AtomObjectActivityFeed
from actstream.feeds import AtomUserActivityFeed
from actstream.feeds import ModelActivityFeed
from actstream.feeds import ModelJSONActivityFeed
from actstream.feeds import ObjectActivityFeed
from actstream.feeds import ObjectJSONActivityFeed
from actstream.feeds import UserActivityFeed
from actstream.feeds import UserJSONActivityFeed
from actstream.views import actor
from actstream.views import detail
from actstream.views import follow_unfollow
from actstream.views import followers
from actstream.views import following
from actstream.views import model
from actstream.views import stream
from actstream.views import user
from django.urls import path
from django.urls import re_path


urlpatterns = [
    re_path('^feed/$',
         UserActivityFeed, name='actstream_feed'),
    re_path('^feed/atom/$',
         AtomUserActivityFeed, name='actstream_feed_atom'),
    re_path('^feed/json/$',
         UserJSONActivityFeed.as_view(), name='actstream_feed_json'),
    re_path('^feed/(?P<content_type_id>[^/]+)/$',
         ModelActivityFeed, name='actstream_model_feed'),
    re_path('^feed/(?P<content_type_id>[^/]+)/atom/$',
         AtomModelActivityFeed, name='actstream_model_feed_atom'),
    re_path('^feed/(?P<content_type_id>[^/]+)/json/$',
         ModelJSONActivityFeed.as_view(), name='actstream_model_feed_json'),
    re_path('^feed/(?P<content_type_id>[^/]+)/(?P<object_id>[^/]+)/$',
         ObjectActivityFeed, name='actstream_object_feed'),
    re_path('^feed/(?P<content_type_id>[^/]+)/(?P<object_id>[^/]+)/atom/$',
         AtomObjectActivityFeed, name='actstream_object_feed_atom'),
    re_path('^feed/(?P<content_type_id>[^/]+)/(?P<object_id>[^/]+)/json/$',
         ObjectJSONActivityFeed.as_view(), name='actstream_object_feed_json'),
    re_path('^follow/(?P<content_type_id>[^/]+)/(?P<object_id>[^/]+)/(?:(?P<flag>[^/]+)/)?$',
         follow_unfollow, name='actstream_follow'),
    re_path('^follow_all/(?P<content_type_id>[^/]+)/(?P<object_id>[^/]+)/(?:(?P<flag>[^/]+)/)?$',
         follow_unfollow, name='actstream_follow_all'),
    re_path('^unfollow_all/(?P<content_type_id>[^/]+)/(?P<object_id>[^/]+)/(?:(?P<flag>[^/]+)/)?$',
         follow_unfollow, name='actstream_unfollow_all'),
    re_path('^unfollow/(?P<content_type_id>[^/]+)/(?P<object_id>[^/]+)/(?:(?P<flag>[^/]+)/)?$',
         follow_unfollow, name='actstream_unfollow'),
    re_path('^followers/(?P<content_type_id>[^/]+)/(?P<object_id>[^/]+)/(?:(?P<flag>[^/]+)/)?$',
         followers, name='actstream_followers'),
    re_path('^following/(?P<user_id>[^/]+)/(?:(?P<flag>[^/]+)/)?$',
         following, name='actstream_following'),
    re_path('^actors/(?P<content_type_id>[^/]+)/(?P<object_id>[^/]+)/$',
         actor, name='actstream_actor'),
    re_path('^actors/(?P<content_type_id>[^/]+)/$',
         model, name='actstream_model'),
    re_path('^detail/(?P<action_id>[^/]+)/$',
         detail, name='actstream_detail'),
    re_path('^(?P<username>[^/]+)/$',
         user, name='actstream_user'),
    re_path('^$',
         stream, name='actstream'),
]

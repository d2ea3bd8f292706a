# Facts about waffle.urls, written by generate.py.

from django.urls import path
from waffle.views import waffle_json
from waffle.views import wafflejs


urlpatterns = [
    path('wafflejs',
         wafflejs, name='wafflejs'),
    path('waffle_status',
         waffle_json, name='waffle_status'),
]

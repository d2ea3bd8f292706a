# Facts about grappelli.urls, written by generate.py.

from django.urls import path
from django.urls import re_path
from grappelli.views.related import AutocompleteLookup
from grappelli.views.related import M2MLookup
from grappelli.views.related import RelatedLookup
from grappelli.views.switch import switch_user


urlpatterns = [
    re_path('^lookup/related/$',
         RelatedLookup.as_view(), name='grp_related_lookup'),
    re_path('^lookup/m2m/$',
         M2MLookup.as_view(), name='grp_m2m_lookup'),
    re_path('^lookup/autocomplete/$',
         AutocompleteLookup.as_view(), name='grp_autocomplete_lookup'),
    re_path('^switch/user/(?P<object_id>\\d+)/$',
         switch_user, name='grp_switch_user'),
]

# Facts about robots.urls, written by generate.py.

from django.urls import path
from robots.views import RuleList


urlpatterns = [
    path('',
         RuleList.as_view(), name='robots_rule_list'),
]

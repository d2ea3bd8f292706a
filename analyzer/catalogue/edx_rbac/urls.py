# Facts about edx_rbac.urls, written by generate.py.

from django.urls import path
from django.urls import re_path
from django.views.generic.base import TemplateView


urlpatterns = [
    re_path('',
         TemplateView.as_view(),),
]

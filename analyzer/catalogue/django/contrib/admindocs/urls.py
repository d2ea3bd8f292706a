# Facts about django.contrib.admindocs.urls, written by generate.py.

from django.contrib.admindocs.views import BaseAdminDocsView
from django.contrib.admindocs.views import BookmarkletsView
from django.contrib.admindocs.views import ModelDetailView
from django.contrib.admindocs.views import ModelIndexView
from django.contrib.admindocs.views import TemplateDetailView
from django.contrib.admindocs.views import TemplateFilterIndexView
from django.contrib.admindocs.views import TemplateTagIndexView
from django.contrib.admindocs.views import ViewDetailView
from django.contrib.admindocs.views import ViewIndexView
from django.urls import path
from django.urls import re_path


urlpatterns = [
    path('',
         BaseAdminDocsView.as_view(), name='django-admindocs-docroot'),
    path('bookmarklets/',
         BookmarkletsView.as_view(), name='django-admindocs-bookmarklets'),
    path('tags/',
         TemplateTagIndexView.as_view(), name='django-admindocs-tags'),
    path('filters/',
         TemplateFilterIndexView.as_view(), name='django-admindocs-filters'),
    path('views/',
         ViewIndexView.as_view(), name='django-admindocs-views-index'),
    path('views/<view>/',
         ViewDetailView.as_view(), name='django-admindocs-views-detail'),
    path('models/',
         ModelIndexView.as_view(), name='django-admindocs-models-index'),
    re_path('^models/(?P<app_label>[^.]+)\\.(?P<model_name>[^/]+)/$',
         ModelDetailView.as_view(), name='django-admindocs-models-detail'),
    path('templates/<path:template>/',
         TemplateDetailView.as_view(), name='django-admindocs-templates'),
]

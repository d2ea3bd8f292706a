# Facts about wagtail.images.urls, written by generate.py.

from django.urls import path
from django.urls import re_path
from wagtail.images.views.serve import ServeView


urlpatterns = [
    re_path('^([^/]*)/(\\d*)/([^/]*)/[^/]*$',
         ServeView.as_view(), name='wagtailimages_serve'),
]

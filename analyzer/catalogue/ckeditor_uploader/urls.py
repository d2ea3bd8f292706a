# Facts about ckeditor_uploader.urls, written by generate.py.

from ckeditor_uploader.views import ImageUploadView
from ckeditor_uploader.views import browse
from django.urls import path
from django.urls import re_path


urlpatterns = [
    re_path('^upload/',
         ImageUploadView.as_view(), name='ckeditor_upload'),
    re_path('^browse/',
         browse, name='ckeditor_browse'),
]

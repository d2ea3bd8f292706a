# Facts about tinymce.urls, written by generate.py.

from django.urls import path
from tinymce.views import compressor
from tinymce.views import filebrowser
from tinymce.views import flatpages_link_list


urlpatterns = [
    path('flatpages_link_list/',
         flatpages_link_list, name='tinymce-linklist'),
    path('compressor/',
         compressor, name='tinymce-compressor'),
    path('filebrowser/',
         filebrowser, name='tinymce-filebrowser'),
]

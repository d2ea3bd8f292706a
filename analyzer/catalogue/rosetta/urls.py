# Facts about rosetta.urls, written by generate.py.

from django.urls import path
from django.urls import re_path
from django.views.generic.base import RedirectView
from rosetta.views import TranslationFileDownload
from rosetta.views import TranslationFileListView
from rosetta.views import TranslationFormView
from rosetta.views import translate_text


urlpatterns = [
    re_path('^$',
         RedirectView.as_view(), name='rosetta-old-home-redirect'),
    re_path('^files/$',
         RedirectView.as_view(), name='rosetta-file-list-redirect'),
    re_path('^files/(?P<po_filter>[\\w-]+)/$',
         TranslationFileListView.as_view(), name='rosetta-file-list'),
    re_path('^files/(?P<po_filter>[\\w-]+)/(?P<lang_id>[\\w\\-_\\.@]+)/(?P<idx>\\d+)/$',
         TranslationFormView.as_view(), name='rosetta-form'),
    re_path('^files/(?P<po_filter>[\\w-]+)/(?P<lang_id>[\\w\\-_\\.@]+)/(?P<idx>\\d+)/download/$',
         TranslationFileDownload.as_view(), name='rosetta-download-file'),
    re_path('^translate/$',
         translate_text, name='rosetta.translate_text'),
]

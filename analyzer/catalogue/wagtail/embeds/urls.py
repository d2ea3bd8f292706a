# Facts about wagtail.embeds.urls, written by generate.py.

from django.urls import path
from wagtail.embeds.views.chooser import chooser
from wagtail.embeds.views.chooser import chooser_upload


app_name = "wagtailembeds"
urlpatterns = [
    path('chooser/',
         chooser, name='chooser'),
    path('chooser/upload/',
         chooser_upload, name='chooser_upload'),
]

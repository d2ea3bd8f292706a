# Facts about djblets.extensions.urls, written by generate.py.

from django.urls import path
from djblets.extensions.views import extension_list


urlpatterns = [
    path('',
         extension_list, name='extension-list'),
]

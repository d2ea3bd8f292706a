# Facts about django.contrib.flatpages.urls, written by generate.py.

from django.contrib.flatpages.views import flatpage
from django.urls import path


urlpatterns = [
    path('<path:url>',
         flatpage, name='django.contrib.flatpages.views.flatpage'),
]

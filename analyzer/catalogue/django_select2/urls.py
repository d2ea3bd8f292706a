# Facts about django_select2.urls, written by generate.py.

from django.urls import path
from django_select2.views import AutoResponseView


app_name = "django_select2"
urlpatterns = [
    path('fields/auto.json',
         AutoResponseView.as_view(), name='auto-json'),
]

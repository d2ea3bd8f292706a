# Facts about django.contrib.staticfiles.urls, written by generate.py.

from django.urls import path


urlpatterns = [
]

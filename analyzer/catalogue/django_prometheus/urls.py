# Facts about django_prometheus.urls, written by generate.py.

from django.urls import path
from django_prometheus.exports import ExportToDjangoView


urlpatterns = [
    path('metrics',
         ExportToDjangoView, name='prometheus-django-metrics'),
]

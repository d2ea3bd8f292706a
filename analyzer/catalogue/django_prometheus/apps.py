# Facts about django_prometheus.apps, written by generate.py.

from django.apps.config import AppConfig


class DjangoPrometheusConfig(AppConfig):
    name = "django_prometheus"

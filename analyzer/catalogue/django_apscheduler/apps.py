# Facts about django_apscheduler.apps, written by generate.py.

from django.apps.config import AppConfig


class DjangoApschedulerConfig(AppConfig):
    name = "django_apscheduler"

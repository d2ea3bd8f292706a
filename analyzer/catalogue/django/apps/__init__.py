# Facts about django.apps, written by generate.py.

from django.apps.config import AppConfig

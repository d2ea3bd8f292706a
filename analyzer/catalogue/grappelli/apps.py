# Facts about grappelli.apps, written by generate.py.

from django.apps.config import AppConfig


class GrappelliConfig(AppConfig):
    name = "grappelli"

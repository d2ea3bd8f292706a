# Facts about djangosaml2.apps, written by generate.py.

from django.apps.config import AppConfig


class DjangoSaml2Config(AppConfig):
    name = "djangosaml2"

# Facts about rosetta.apps, written by generate.py.

from django.apps.config import AppConfig


class RosettaAppConfig(AppConfig):
    name = "rosetta"

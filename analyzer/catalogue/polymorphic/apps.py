# Facts about polymorphic.apps, written by generate.py.

from django.apps.config import AppConfig


def check_reserved_field_names(*args, **kwargs): ...


class PolymorphicConfig(AppConfig):
    name = "polymorphic"

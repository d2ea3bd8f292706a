# Written by hand.
# Facts about django.urls.converters: Django's own five, and where a project adds its own.


class IntConverter:
    regex = "[0-9]+"

    def to_python(self, value): ...


class StringConverter:
    regex = "[^/]+"

    def to_python(self, value): ...


class UUIDConverter:
    regex = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

    def to_python(self, value): ...


class SlugConverter(StringConverter):
    regex = "[-a-zA-Z0-9_]+"


class PathConverter(StringConverter):
    regex = ".+"


REGISTERED_CONVERTERS = {}


def register_converter(converter, type_name):
    REGISTERED_CONVERTERS[type_name] = converter

# Written by hand.
# Facts about djblets.registries.importer: a registry is made when something first asks for it.

from importlib import import_module

from django.utils.functional import SimpleLazyObject


def lazy_import_registry(module_path, registry_name, **kwargs):
    def make():
        return getattr(import_module(module_path), registry_name)(**kwargs)

    return SimpleLazyObject(make)

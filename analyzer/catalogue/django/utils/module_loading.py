# Written by hand.
# Facts about django.utils.module_loading: a module of every installed app is imported.

from importlib import import_module

from django.apps import apps


def autodiscover_modules(*args, **kwargs):
    for config in apps.get_app_configs():
        for name in args:
            try:
                import_module(config.name + "." + name)
            except ImportError:
                pass

# Written by hand.
# Facts about django.utils.module_loading: names to objects, and a module of every installed app.

from importlib import import_module

from django.apps import apps


def import_string(dotted_path):
    module, name = dotted_path.rsplit(".", 1)
    return getattr(import_module(module), name)


def autodiscover_modules(*args, **kwargs):
    for config in apps.get_app_configs():
        for name in args:
            try:
                import_module(config.name + "." + name)
            except ImportError:
                pass

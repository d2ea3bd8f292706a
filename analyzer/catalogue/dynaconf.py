# Written by hand.
# Facts about dynaconf: settings come from files and the environment; without them, what is asked
# for has the default that the code gives. Modules to be loaded first, and what their packages' hooks
# give, become names of the settings module.

import sys
from importlib import import_module

import outgrow

MARKS = ("dynaconf_merge", "dynaconf_merge_unique")


class Validator:
    def __init__(self, *names, **options): ...


class ValidatorList:
    def register(self, *validators, **options): ...

    def validate(self, *args, **options): ...


class LazySettings:
    validators = ValidatorList()

    def __init__(self, wrapped=None, **options): ...

    def get(self, key, default=None, *args, **options):
        return default


Dynaconf = LazySettings


def _merged(old, new):
    if isinstance(new, dict) and "dynaconf_merge" in new:
        both = dict(old or {})
        both.update(new)
        both.pop("dynaconf_merge")
        return both
    if isinstance(new, list):
        added = [element for element in new if element not in MARKS]
        if len(added) < len(new):
            return list(old or []) + [element for element in added if element not in (old or [])]
    return new


class DjangoDynaconf(LazySettings):
    def __init__(self, django_settings_module=None, **options):
        self._module = sys.modules[django_settings_module]
        outgrow.settings_by(self)
        preload = options.get("PRELOAD_FOR_DYNACONF", [])
        for name in preload:
            self._load(name)
        for name in preload:
            self._hook(name.rpartition(".")[0] + ".dynaconf_hooks")

    def __getattr__(self, name):
        return getattr(self._module, name)

    def _load(self, name):
        try:
            names = vars(import_module(name))
        except ImportError:
            return
        self._take(names)

    def _hook(self, name):
        try:
            self._take(import_module(name).post(self))
        except Exception:
            pass

    def _take(self, names):
        for key, value in names.items():
            if key.isupper():
                self.set(key, _merged(self.get(key), value))

    def get(self, key, default=None, *args, **options):
        return getattr(self._module, key, default)

    def set(self, key, value, *args, **options):
        setattr(self._module, key, value)

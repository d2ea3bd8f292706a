"""One module of a library as a stub: imports, classes, functions, registrations, patterns."""

import inspect
import sys
from pprint import pformat

from django.db.models.base import ModelBase

from .classes import render_class
from .names import Imports, literal
from .urls import render_urls

# Columns of the continuation lines of a default setting, behind its longest name.
DEFAULT_WIDTH = 70

# Last parts of the names of modules that projects import other modules' names from.
HANDING_ON = (".models", ".views", ".forms", ".fields", ".generics", ".viewsets", ".routers")


def render_module(name, known):
    """Text of a module's stub; empty where there is nothing to tell."""
    module = sys.modules[name]
    own = list(own_things(module))
    imports = Imports(name, known, [thing.__name__ for thing in own])
    parts = []
    if name.endswith("urls") and hasattr(module, "urlpatterns"):
        parts.append("\n".join(render_urls(module, imports)))
    else:
        reexport(module, imports)
        constants = render_constants(module)
        parts += ["\n".join(constants)] if constants else []
        parts += [render_thing(thing, imports) for thing in own]
    registered = render_registrations(name, imports)
    parts += ["\n".join(registered)] if registered else []
    head = f"# Facts about {name}, written by generate.py."
    lines = imports.text()
    if not parts and not lines:
        return ""
    return "\n\n\n".join(["\n".join([head, "", *lines] if lines else [head]), *parts]) + "\n"


def own_things(module):
    """Public classes and functions that the module itself defines, in source order."""
    for name, thing in list(vars(module).items()):
        local = inspect.isclass(thing) or inspect.isfunction(thing)
        if not local or thing.__module__ != module.__name__ or thing.__name__ != name:
            continue
        if not name.startswith("_") and "<locals>" not in thing.__qualname__:
            yield thing


def render_thing(thing, imports):
    """A class or a function as source text."""
    if inspect.isclass(thing):
        return render_class(thing, imports)
    return f"def {thing.__name__}(*args, **kwargs): ..."


def render_constants(module):
    """Upper-case names of the module that hold plain facts."""
    told = default if module.__name__ == "django.conf.global_settings" else literal
    lines = [
        f"{name} = {text}"
        for name, value in list(vars(module).items())
        if name.isupper()
        and not name.startswith(("_", "PY3"))
        and (text := told(value)) is not None
    ]
    languages = getattr(module, "LANGUAGES", None)
    if languages:
        lines += ["LANGUAGES = [", *(f'    ("{code}", "{name}"),' for code, name in languages), "]"]
    return lines


def default(value):
    """Python text of a default setting, long ones too: a project may ask for any of them."""
    plain = literal(value)
    if plain is not None or is_translated(value):
        return plain
    return pformat(value, width=DEFAULT_WIDTH, sort_dicts=False)


def is_translated(value):
    """Whether a setting is a list of languages, which is told apart."""
    return isinstance(value, list) and any(isinstance(item, tuple) for item in value)


def reexport(module, imports):
    """Imports what the module hands on from its own package."""
    if not hasattr(module, "__path__") and not module.__name__.endswith(HANDING_ON):
        return
    package = module.__name__.split(".")[0]
    for name, thing in list(vars(module).items()):
        if name.startswith("_") or not (inspect.isclass(thing) or inspect.isfunction(thing)):
            continue
        origin = thing.__module__
        if origin == module.__name__ or thing.__qualname__ != name:
            continue
        if origin.split(".")[0] == package and origin in imports.known:
            imports.use(origin, name)


def render_registrations(name, imports):
    """What an app's admin module registers on the default admin site."""
    if not name.endswith(".admin") or name == "django.contrib.admin":
        return []
    from django.contrib import admin

    lines = []
    for model, model_admin in admin.site._registry.items():
        cls = type(model_admin)
        home = cls.__module__ if cls is not admin.ModelAdmin else f"{app_of(model)}.admin"
        if home == name and isinstance(model, ModelBase):
            imports.use("django.contrib", "admin")
            label = imports.use(model.__module__, model.__qualname__)
            lines.append(f"admin.site.register({label}, {imports.of(cls) or 'admin.ModelAdmin'})")
    return lines


def app_of(model):
    """Dotted path of the app that a model belongs to."""
    return model._meta.app_config.name

"""Classes: bases, facts that are class attributes, and the names of the methods."""

import inspect
import tomllib
from pathlib import Path

from django.apps import AppConfig
from django.contrib.admin import ModelAdmin
from django.db.models import Field
from django.db.models.base import ModelBase
from django.urls.resolvers import RegexPattern

from .fields import own_fields, render_field, render_managers, render_meta
from .names import literal

CONTENTS = Path(__file__).resolve().parent.parent / "contents.toml"
CONFIG_FACTS = ("name", "label", "default", "default_auto_field")
WIDTH_MAX = 100
HIDDEN = {"Meta", "media", "objects", "creation_counter", "auto_creation_counter"}


def render_class(cls, imports):
    """One class as source text."""
    bases = [name for base in cls.__bases__ if base is not object and (name := imports.of(base))]
    head = f"class {cls.__name__}({', '.join(bases)}):" if bases else f"class {cls.__name__}:"
    body = class_body(cls, imports) or ["pass"]
    if len(head) > WIDTH_MAX:
        head = "\n".join([f"class {cls.__name__}(", *(f"    {base}," for base in bases), "):"])
    return "\n".join([head, *(f"    {line}".rstrip() for line in body)])


def class_body(cls, imports):
    """The lines inside a class."""
    if isinstance(cls, ModelBase) and hasattr(cls, "_meta"):
        return model_body(cls, imports)
    if issubclass(cls, AppConfig):
        return [
            f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value!r}"
            for key in CONFIG_FACTS
            if isinstance(value := vars(cls).get(key), (str, bool))
        ]
    lines = told_by_hand(cls) + attributes(cls, imports) + methods(cls, imports)
    if issubclass(cls, ModelAdmin) and "get_urls" in vars(cls) and cls is not ModelAdmin:
        lines += admin_urls(cls, imports)
    return lines


def told_by_hand(cls):
    """Facts that a class hides inside its constructor, from contents.toml."""
    path = f"{cls.__module__}.{cls.__name__}"
    contents = tomllib.loads(CONTENTS.read_text())
    return [
        f'{name} = "{value}"'
        for fact in contents["fact"]
        if fact["class"] == path
        for name, value in fact["attributes"].items()
    ]


def model_body(cls, imports):
    """Fields, managers and Meta of a model."""
    lines = [line for field in own_fields(cls) for line in render_field(field, imports)]
    lines += searched(cls)
    lines += render_managers(cls, imports)
    meta = render_meta(cls)
    if meta:
        lines += ["", "class Meta:", *(f"    {line}" for line in meta)]
    return lines


def searched(cls):
    """Names of what a search engine indexes of a model; that there are some makes it indexed."""
    fields = vars(cls).get("search_fields")
    if not isinstance(fields, list):
        return []
    named = (getattr(field, "field_name", None) for field in fields)
    names = dict.fromkeys(name for name in named if isinstance(name, str))
    return ["search_fields = [", *(f'    "{name}",' for name in names), "]"] if names else []


def attributes(cls, imports):
    """Class attributes that are plain facts or models."""
    lines = []
    for name, value in vars(cls).items():
        if name.startswith("_") or name in HIDDEN:
            continue
        if isinstance(value, ModelBase) and hasattr(value, "_meta"):
            known = imports.of(value)
            lines += [f"{name} = {known}"] if known else []
        elif (text := literal(value)) is not None:
            lines.append(f"{name} = {text}")
    return lines


def methods(cls, imports):
    """Names of the public methods; what they do is not a fact of the catalogue."""
    if issubclass(cls, Field):
        return []
    lines = []
    for name, value in vars(cls).items():
        if name.startswith("_") or (name == "get_urls" and issubclass(cls, ModelAdmin)):
            continue
        if isinstance(value, (classmethod, staticmethod)):
            kind = "classmethod" if isinstance(value, classmethod) else "staticmethod"
            lines += ["", f"@{kind}", f"def {name}(*args, **kwargs): ..."]
        elif isinstance(value, property):
            lines += ["", "@property", f"def {name}(self): ..."]
        elif inspect.isfunction(value):
            lines += ["", *action_of(value, imports), f"def {name}(self, *args, **kwargs): ..."]
    return lines


def action_of(function, imports):
    """The `@action` line of an extra action of a DRF viewset."""
    mapping = getattr(function, "mapping", None)
    if mapping is None or not hasattr(function, "url_path"):
        return []
    imports.use("rest_framework.decorators", "action")
    methods_text = ", ".join(f'"{method}"' for method in mapping)
    return [
        f"@action(detail={function.detail}, methods=[{methods_text}], "
        f'url_path="{function.url_path}", url_name="{function.url_name}")'
    ]


def admin_urls(cls, imports):
    """`get_urls` of an admin class that puts own patterns before the usual ones."""
    instance = admin_instance(cls)
    if instance is None:
        return []
    patterns = instance.get_urls()
    extra = patterns[: len(patterns) - len(ModelAdmin.get_urls(instance))]
    if not extra:
        return []
    lines = ["", "def get_urls(self):", "    return ["]
    for pattern in extra:
        call = "re_path" if isinstance(pattern.pattern, RegexPattern) else "path"
        imports.use("django.urls", call)
        view = admin_view(pattern.callback, imports)
        name = f" name={pattern.name!r}," if pattern.name else ""
        lines.append(f"        {call}({str(pattern.pattern)!r}, {view},{name}),")
    return [*lines, "    ] + super().get_urls()"]


def admin_instance(cls):
    """An object of an admin class: the registered one, else one made for some model."""
    from django.contrib import admin

    registered = [a for a in admin.site._registry.values() if type(a) is cls]
    if registered:
        return registered[0]
    try:
        return cls(admin.models.LogEntry, admin.site)
    except Exception:  # a class that wants a model of its own kind
        return None


def admin_view(callback, imports):
    """The view of an admin URL: a method of the admin, or a class elsewhere."""
    from .urls import class_of

    while getattr(callback, "__wrapped__", None) is not None and not class_of(callback):
        callback = callback.__wrapped__
    cls = class_of(callback)
    if cls is not None:
        return f"{imports.use(cls.__module__, cls.__qualname__)}.as_view()"
    return f"self.admin_site.admin_view(self.{callback.__name__})"

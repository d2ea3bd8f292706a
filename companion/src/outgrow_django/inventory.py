"""Asks a Django project what it consists of, and prints the answer as JSON.

Run it with the project's own interpreter. It starts the project (`django.setup()`), walks the model
registry and the URL resolver, and prints apps, models, tables, relations and endpoints in the words
of `map.json`. It works on any project and needs nothing but Django:

    python -m outgrow_django.inventory --settings config.settings --path . --root .

`own` is true for what belongs to code below `--root`, installed packages excluded.
"""

import argparse
import contextlib
import functools
import json
import os
import sys
import types
from pathlib import Path

HIDDEN_METHODS = {"HEAD", "OPTIONS", "TRACE"}

# Decorators nest a few levels deep; a chain longer than this is a cycle.
UNWRAP_DEPTH_MAX = 50

GENERIC_FIELDS = {
    "django.contrib.contenttypes.fields.GenericForeignKey",
    "django.contrib.contenttypes.fields.GenericRelation",
}


def dotted(thing):
    """The dotted path of a class or function, as Django prints it."""
    name = getattr(thing, "__qualname__", None) or type(thing).__qualname__
    short = getattr(thing, "__name__", None)
    if isinstance(thing, type) and short and name.rsplit(".", 1)[-1] != short:
        name = short  # a class built by a function and renamed afterwards
    return f"{thing.__module__}.{name}"


class Ownership:
    """Decides what belongs to the analyzed folder."""

    def __init__(self, root):
        self.root = Path(root).resolve()

    def file(self, path):
        """Whether a file is part of the analyzed folder and not of an installed package."""
        if not path:
            return False
        try:
            inside = Path(path).resolve().relative_to(self.root)
        except ValueError:
            return False
        return not {"site-packages", "dist-packages"} & set(inside.parts)

    def module(self, name):
        """Whether a module's file is part of the analyzed folder."""
        return self.file(getattr(sys.modules.get(name), "__file__", None))

    def relative(self, path):
        """Path below the analyzed folder, empty for code outside it."""
        if not self.file(path):
            return ""
        inside = Path(path).resolve().relative_to(self.root).as_posix()
        return "" if inside == "." else inside


def list_apps(own):
    """Installed apps in the order of INSTALLED_APPS."""
    from django.apps import apps

    return [
        {
            "label": config.label,
            "name": config.name,
            "path": own.relative(config.path),
            "own": own.file(config.path),
        }
        for config in apps.get_app_configs()
    ]


def is_generic(field):
    """Whether a field is a GenericForeignKey or a GenericRelation.

    Told by name, because importing those classes fails where contenttypes is not installed.
    """
    paths = {dotted(cls) for cls in type(field).__mro__}
    return bool(paths & GENERIC_FIELDS)


def fields_of(model):
    """Local fields in Django's order, without those that came down from a concrete parent."""
    meta = model._meta
    private = [f for f in meta.private_fields if not getattr(f, "mti_inherited", False)]
    return [*meta.local_fields, *meta.local_many_to_many, *filter(is_generic, private)]


def declared_in(model, field):
    """Dotted path of the class that declares a field: the model or an abstract base."""
    found = model
    for base in model.__mro__[1:]:
        meta = getattr(base, "_meta", None)
        if meta is None or not getattr(meta, "abstract", False):
            continue
        local = [*meta.local_fields, *meta.local_many_to_many, *meta.private_fields]
        if any(same_declaration(other, field) for other in local):
            found = base
    return dotted(found)


def same_declaration(one, other):
    """Whether two fields are copies of one declaration."""
    counter = getattr(one, "creation_counter", None)
    return one.name == other.name and counter == getattr(other, "creation_counter", None)


def describe_field(model, field):
    """One field in the words of the map."""
    return {
        "name": field.name,
        "column": None if field.many_to_many else getattr(field, "column", None),
        "kind": type(field).__name__,
        "null": bool(getattr(field, "null", False)),
        "unique": bool(getattr(field, "unique", False)),
        "primary_key": bool(getattr(field, "primary_key", False)),
        "declared_in": declared_in(model, field),
    }


def list_models(models, own_labels):
    """Concrete and proxy models, sorted by label."""
    return [
        {
            "label": model._meta.label,
            "table": model._meta.db_table,
            "proxy": model._meta.proxy,
            "managed": model._meta.managed,
            "bases": [dotted(base) for base in model.__bases__],
            "fields": [describe_field(model, field) for field in fields_of(model)],
            "own": model._meta.app_label in own_labels,
        }
        for model in models
    ]


def columns_of(model):
    """Columns of a model's own table, sorted."""
    return sorted(field.column for field in model._meta.local_concrete_fields if field.column)


def list_tables(models, own_labels):
    """Tables of the models and of their automatic many-to-many relations, sorted by name."""
    tables = []
    for model in models:
        meta = model._meta
        if meta.proxy:
            continue
        shared = {"owner": meta.label, "own": meta.app_label in own_labels}
        tables.append(
            {"name": meta.db_table, "auto_m2m_of": None, "columns": columns_of(model), **shared}
        )
        for field in meta.local_many_to_many:
            through = getattr(field.remote_field, "through", None)
            if through is None or not through._meta.auto_created:
                continue
            tables.append(
                {
                    "name": through._meta.db_table,
                    "auto_m2m_of": f"{meta.label}.{field.name}",
                    "columns": columns_of(through),
                    **shared,
                }
            )
    return sorted(tables, key=lambda table: (table["name"], table["owner"]))


def relation_kind(field):
    """The map's word for what a relation field is."""
    if field.many_to_many:
        return "m2m"
    if is_generic(field):
        return "generic"
    if getattr(field.remote_field, "parent_link", False):
        return "parent"
    return "one_to_one" if field.one_to_one else "fk"


def on_delete_name(field):
    """Name of the on_delete handler; `SET(...)` makes an anonymous function that can be named."""
    handler = getattr(field.remote_field, "on_delete", None)
    if handler is None:
        return None
    if not hasattr(handler, "__name__") and callable(getattr(handler, "action", None)):
        handler = handler.action  # a library's guard around what happens
    if hasattr(handler, "deconstruct") and hasattr(handler, "__name__"):
        return handler.deconstruct()[0].rsplit(".", 1)[-1]
    return getattr(handler, "__name__", type(handler).__name__)


def relation_target(field):
    """Label of the model a relation points at."""
    if field.remote_field is not None:
        return field.remote_field.model._meta.label
    content_type = field.model._meta.get_field(field.ct_field)
    return content_type.remote_field.model._meta.label


def describe_relation(model, field):
    """One relation in the words of the map."""
    kind = relation_kind(field)
    through = getattr(field.remote_field, "through", None) if kind == "m2m" else None
    holder = field.remote_field if kind == "m2m" else field
    keyed = kind in ("fk", "one_to_one", "parent")
    return {
        "from": model._meta.label,
        "field": field.name,
        "to": relation_target(field),
        "kind": kind,
        "through": through._meta.label if through is not None else None,
        "on_delete": on_delete_name(field) if keyed else None,
        "db_constraint": kind != "generic" and bool(getattr(holder, "db_constraint", False)),
        "declared_in": declared_in(model, field),
    }


def list_relations(models, own_labels):
    """Relations held by the models' local fields, sorted by (from, field)."""
    relations = [
        {**describe_relation(model, field), "own": model._meta.app_label in own_labels}
        for model in models
        for field in fields_of(model)
        if field.is_relation and (field.remote_field is not None or is_generic(field))
    ]
    return sorted(relations, key=lambda relation: (relation["from"], relation["field"]))


def unwrap(callback):
    """A view and everything its decorators wrapped, outermost first."""
    chain = []
    while callback is not None and len(chain) < UNWRAP_DEPTH_MAX:
        chain.append(callback)
        if isinstance(callback, functools.partial):
            callback = callback.func
        else:
            callback = getattr(callback, "__wrapped__", None) or enclosed_view(callback)
    return chain


def enclosed(callback):
    """What a function closes over."""
    values = []
    for cell in getattr(callback, "__closure__", None) or ():
        with contextlib.suppress(ValueError):  # a cell that was never filled
            values.append(cell.cell_contents)
    return values


def enclosed_view(callback):
    """The view inside a decorator without `functools.wraps`: the one function it closes over."""
    if "<locals>" not in getattr(callback, "__qualname__", "") or is_class_view(callback):
        return None
    functions = [value for value in enclosed(callback) if isinstance(value, types.FunctionType)]
    return functions[0] if len(functions) == 1 else None


def is_class_view(callback):
    """Whether `as_view()` made this function."""
    return any(isinstance(getattr(callback, name, None), type) for name in ("cls", "view_class"))


def view_class(chain):
    """The class behind a view made by `as_view()`, if there is one."""
    for callback in chain:
        for attribute in ("cls", "view_class"):
            found = getattr(callback, attribute, None)
            if isinstance(found, type):
                return found
    return None


def attribute_of(chain, name):
    """First value of an attribute along a chain of wrappers."""
    return next((value for c in chain if (value := getattr(c, name, None)) is not None), None)


def required_methods(callback):
    """What `require_http_methods` was given, read from the closure of the function it made."""
    code = getattr(callback, "__code__", None)
    if code is None or "request_method_list" not in code.co_freevars:
        return None
    cell = callback.__closure__[code.co_freevars.index("request_method_list")]
    return {method.upper() for method in cell.cell_contents}


def actions_of(chain):
    """DRF's method-to-action mapping with the methods that the viewset lets through."""
    actions = attribute_of(chain, "actions")
    cls = view_class(chain)
    if not isinstance(actions, dict) or cls is None:
        return None
    initkwargs = attribute_of(chain, "initkwargs") or {}
    allowed = initkwargs.get("http_method_names") or cls.http_method_names
    return {m.upper(): a for m, a in actions.items() if m.lower() in allowed}


def handled_methods(chain):
    """Methods that the view itself accepts; `None` when it does not restrict them."""
    actions = actions_of(chain)
    if actions is not None:
        return set(actions)
    cls = view_class(chain)
    if cls is None:
        return None
    initkwargs = attribute_of(chain, "view_initkwargs") or {}
    names = initkwargs.get("http_method_names") or getattr(cls, "http_method_names", [])
    return {name.upper() for name in names if hasattr(cls, name.lower())}


def operation_methods(callback, name):
    """Methods of the Ninja operation with this URL name: those of one path share a view."""
    for value in enclosed(callback):
        operations = getattr(value, "operations", None)
        for operation in operations if name and isinstance(operations, list) else ():
            function = getattr(operation, "view_func", None)
            names = getattr(operation, "url_name", None), getattr(function, "__name__", "")
            if function is not None and name in names:
                return {method.upper() for method in operation.methods}
    return None


def methods_of(chain, name=""):
    """Sorted methods of a view after its decorators, empty when nothing restricts them."""
    methods = handled_methods(chain)
    if methods is None:
        methods = operation_methods(chain[-1], name)
    for callback in chain:
        required = required_methods(callback)
        if required is not None:
            methods = required if methods is None else methods & required
    return sorted((methods or set()) - HIDDEN_METHODS)


def view_path(chain):
    """Dotted path of the view function or class."""
    cls = view_class(chain)
    if cls is not None:
        return dotted(cls)
    wrappers = [c for c in chain if not isinstance(c, functools.partial)] or chain
    named = [c for c in wrappers if "<locals>" not in getattr(c, "__qualname__", "")]
    return dotted((named or wrappers)[0])


def describe_endpoint(route, names, pattern, own):
    """One leaf of the URLconf in the words of the map."""
    chain = unwrap(pattern.callback)
    view = view_path(chain)
    module = (view_class(chain) or chain[-1]).__module__
    actions = actions_of(chain) or {}
    return {
        "route": route,
        "methods": methods_of(chain, pattern.name),
        "name": ":".join([*names, pattern.name]) if pattern.name else "",
        "view": view,
        "action": sorted(
            f"{method.lower()}:{action}"
            for method, action in actions.items()
            if method not in HIDDEN_METHODS
        ),
        "own": own.module(module),
    }


def walk(resolver, route, names, own):
    """All leaves below a resolver, in the order in which they are tried."""
    for pattern in resolver.url_patterns:
        joined = route + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            namespace = [pattern.namespace] if pattern.namespace else []
            yield from walk(pattern, joined, [*names, *namespace], own)
        else:
            yield describe_endpoint(joined, names, pattern, own)


def list_endpoints(own):
    """Endpoints in the order in which the resolver tries them."""
    from django.conf import settings
    from django.urls import get_resolver

    if not getattr(settings, "ROOT_URLCONF", None):
        return []
    endpoints = list(walk(get_resolver(), "", [], own))
    return [{**endpoint, "order": order} for order, endpoint in enumerate(endpoints)]


def introspect(root):
    """Everything the running project says about itself."""
    import django
    from django.apps import apps
    from django.conf import settings

    django.setup()
    own = Ownership(root)
    endpoints = list_endpoints(own)  # first: importing the URLconf may register more models
    app_list = list_apps(own)
    own_labels = {app["label"] for app in app_list if app["own"]}
    models = sorted(apps.get_models(), key=lambda model: model._meta.label)
    return {
        "schema": "outgrow.inventory/1",
        "django": django.get_version(),
        "settings": os.environ["DJANGO_SETTINGS_MODULE"],
        "root_urlconf": getattr(settings, "ROOT_URLCONF", "") or "",
        "apps": app_list,
        "models": list_models(models, own_labels),
        "tables": list_tables(models, own_labels),
        "relations": list_relations(models, own_labels),
        "endpoints": endpoints,
    }


def main():
    """Reads the arguments, starts the project, prints JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--settings", required=True, help="dotted path of the settings module")
    parser.add_argument("--path", action="append", default=[], help="put on sys.path, repeatable")
    parser.add_argument("--root", default=".", help="the analyzed folder")
    options = parser.parse_args()
    sys.path[:1] = [os.path.abspath(path) for path in options.path]
    os.environ["DJANGO_SETTINGS_MODULE"] = options.settings
    with contextlib.redirect_stdout(sys.stderr):  # projects print while they start
        truth = introspect(options.root)
    json.dump(truth, sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()

"""Model classes: their own fields with the arguments that shape tables, and their Meta."""

from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.db import models

# Columns of a line, the indent of a class body taken off.
WIDTH_MAX = 96

FLAGS = ("null", "unique", "primary_key", "db_column", "related_name", "parent_link")


def own_fields(model):
    """Fields that this very class declares, in Django's order."""
    meta = model._meta
    inherited = set()
    for base in model.__mro__[1:]:
        other = getattr(base, "_meta", None)
        if other is not None and other.abstract:
            inherited.update(declaration(field) for field in all_fields(other))
    return [
        field
        for field in sorted(all_fields(meta), key=lambda f: getattr(f, "creation_counter", 0))
        if declaration(field) not in inherited
        and not getattr(field, "auto_created", False)
        and not getattr(field, "mti_inherited", False)
        and not field.name.startswith("_")
    ]


def all_fields(meta):
    """Local fields of every sort, generic ones included."""
    generic = (GenericForeignKey, GenericRelation)
    private = [field for field in meta.private_fields if isinstance(field, generic)]
    return [*meta.local_fields, *meta.local_many_to_many, *private]


def declaration(field):
    """What copies of one field declaration have in common."""
    return field.name, getattr(field, "creation_counter", None)


def render_field(field, imports):
    """One field as lines of source, none where its class is out of reach."""
    name = imports.of(type(field))
    if name is None:
        name = next((n for c in type(field).__mro__[1:] if (n := imports.of(c))), None)
    if name is None:
        return []
    parts = arguments(field, imports)
    line = f"{field.name} = {name}({', '.join(parts)})"
    if len(line) <= WIDTH_MAX:
        return [line]
    return [f"{field.name} = {name}(", *(f"    {part}," for part in parts), ")"]


def arguments(field, imports):
    """The arguments of a field that shape tables and relations."""
    if isinstance(field, GenericForeignKey):
        return [f'"{field.ct_field}"', f'"{field.fk_field}"']
    found = []
    remote = field.remote_field
    if remote is not None:
        found += target(field, imports)
        if field.many_to_many:
            found.extend(through(field))
        elif getattr(remote, "on_delete", None) is not None:
            found.append(f"on_delete={handler(remote.on_delete, imports)}")
    lazy = remote is not None and remote.model is None
    kwargs = {} if lazy else field.deconstruct()[3]
    for key in FLAGS:
        if isinstance(kwargs.get(key), (str, bool)):
            found.append(f"{key}={quoted(kwargs[key])}")
    for key in ("db_constraint", "to_field"):
        if key in kwargs and isinstance(kwargs[key], (str, bool)):
            found.append(f"{key}={kwargs[key]!r}")
    return found


def target(field, imports):
    """The model that a relation points at."""
    setting = getattr(field, "swappable_setting", None)
    remote = field.remote_field.model
    if remote is None:
        return []  # told by the through model, once there is one
    label = remote if isinstance(remote, str) else remote._meta.label
    if setting:
        imports.use("django.conf", "settings")
        if setting == "AUTH_USER_MODEL":
            return ["settings.AUTH_USER_MODEL"]
        return [f'getattr(settings, "{setting}", "{label}")']
    return ['"self"' if remote is field.model else f'"{label}"']


def through(field):
    """The through model of a many-to-many field, when it is not an automatic one."""
    model = getattr(field.remote_field, "through", None)
    if model is None:
        return []
    if isinstance(model, str):
        return [f'through="{model}"']
    found = [] if model._meta.auto_created else [f'through="{model._meta.label}"']
    table = getattr(field, "db_table", None)
    return found + ([f'db_table="{table}"'] if table else [])


def handler(on_delete, imports):
    """The on_delete handler; a `SET(...)` has no name of its own."""
    imports.use("django.db", "models")
    name = getattr(on_delete, "__name__", "")
    if getattr(models, name, None) is on_delete:
        return f"models.{name}"
    return "models.SET(None)"


def render_meta(model):
    """The lines of the Meta class that shape tables."""
    written = getattr(model._meta, "original_attrs", {})
    lines = []
    for key in ("abstract", "proxy", "managed", "db_table", "app_label", "swappable"):
        value = model._meta.abstract if key == "abstract" else written.get(key)
        default = key == "managed"
        if value is not None and value != default and value != "":
            lines.append(f"{key} = {quoted(value)}")
    return lines


def quoted(value):
    """A flag or a name as source text."""
    return f'"{value}"' if isinstance(value, str) else repr(value)


def render_managers(model, imports):
    """Named managers that the class itself declares."""
    lines = []
    for manager in model._meta.local_managers:
        name = imports.of(type(manager))
        if name is not None:
            lines.append(f"{manager.name} = {name}()")
    return lines

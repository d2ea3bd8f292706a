# Written by hand.
# Facts about pghistory.core: what `track` makes of a model.

import copy
import importlib

import outgrow
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string

from pghistory import config

DEFAULT = object()
UNSET = "unset"


class Tracker:
    def __init__(self, label=None, **options): ...


class ManualEvent(Tracker):
    pass


class RowEvent(Tracker):
    pass


class InsertEvent(RowEvent):
    pass


class UpdateEvent(RowEvent):
    pass


class DeleteEvent(RowEvent):
    pass


def ProxyField(proxy, field):
    return field


def create_event(obj, *, label, using="default"): ...


def kept(field):
    if isinstance(field, models.ForeignKey):
        made = models.ForeignKey if isinstance(field, models.OneToOneField) else type(field)
        return made(
            field.remote_field.model,
            null=field.null,
            db_column=field.db_column,
            db_constraint=False,
            on_delete=models.DO_NOTHING,
        )
    if isinstance(field, models.BigAutoField):
        return models.BigIntegerField(db_column=field.db_column)
    if isinstance(field, models.AutoField):
        return models.IntegerField(db_column=field.db_column)
    made = copy.copy(field)
    made.primary_key = False
    made._unique = False
    return made


def pascal(name):
    return "".join([word[:1].upper() + word[1:] for word in name.split("_")])


def default(name, otherwise):
    told = getattr(settings, name, None)
    return otherwise if told is None else told


def reference(to, told):
    return models.ForeignKey(
        to, on_delete=told.on_delete, db_constraint=told.db_constraint, null=told.null
    )


def create_event_model(
    tracked_model,
    *trackers,
    fields=None,
    exclude=None,
    obj_field=UNSET,
    context_field=UNSET,
    context_id_field=UNSET,
    append_only=UNSET,
    model_name=None,
    app_label=None,
    base_model=None,
    attrs=None,
    meta=None,
    abstract=True,
    level=None,
):
    if base_model is None:
        base_model = default("PGHISTORY_BASE_MODEL", "pghistory.models.Event")
    if isinstance(base_model, str):
        base_model = import_string(base_model)
    if model_name is None:
        model_name = tracked_model._meta.object_name
        if fields:
            model_name += "_" + "_".join(fields)
        model_name = pascal(model_name + "_" + base_model._meta.object_name.lower())
    if app_label is None:
        app_label = tracked_model._meta.app_label
    if obj_field == UNSET:
        obj_field = default("PGHISTORY_OBJ_FIELD", config.ObjForeignKey())
    if context_field == UNSET:
        context_field = default("PGHISTORY_CONTEXT_FIELD", config.ContextForeignKey())
    if context_id_field == UNSET:
        context_id_field = default("PGHISTORY_CONTEXT_ID_FIELD", config.ContextUUIDField())
    options = {"abstract": abstract, "app_label": app_label}
    options.update(meta or {})
    module = apps.get_app_config(app_label).name + ".models"
    made = {"__module__": module, "Meta": type("Meta", (), options)}
    for name, field in outgrow.columns(tracked_model):
        if name in fields if fields is not None else name not in (exclude or ()):
            made[name] = kept(field)
    made.update(attrs or {})
    if isinstance(context_field, config.ContextJSONField):
        made["pgh_context"] = models.JSONField(null=context_field.null)
        if context_id_field:
            made["pgh_context_id"] = models.UUIDField(null=context_id_field.null)
    elif context_field:
        made["pgh_context"] = reference("pghistory.Context", context_field)
    if obj_field:
        made["pgh_obj"] = reference(tracked_model, obj_field)
    event_model = type(model_name, (base_model,), made)
    if not abstract:
        setattr(importlib.import_module(module), model_name, event_model)
    return event_model


def track(*trackers, **options):
    def wrapper(model_class):
        create_event_model(model_class, *trackers, abstract=False, **options)
        return model_class

    return wrapper

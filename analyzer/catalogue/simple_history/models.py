# Written by hand.
# Facts about simple_history.models: `HistoricalRecords` makes a model of its own, with a row for
# each state of a row.

import copy
import importlib

import outgrow
from django.conf import settings
from django.db import models


SIMPLE_HISTORY_REVERSE_ATTR_NAME = '_history'


class HistoricalChanges:

    def diff_against(self, *args, **kwargs): ...


def historical(model, field):
    # A field of a class that is not here is told as it is.
    if outgrow.surely_instance(field, models.ForeignKey):
        to = field.remote_field.model
        made = models.ForeignKey if outgrow.surely_instance(field, models.OneToOneField) else type(field)
        return made(
            model if to == "self" else to,
            db_constraint=False,
            null=True,
            db_column=field.db_column,
            on_delete=models.DO_NOTHING,
        )
    if outgrow.surely_instance(field, models.BigAutoField):
        return models.BigIntegerField(db_column=field.db_column)
    if outgrow.surely_instance(field, models.AutoField):
        return models.IntegerField(db_column=field.db_column)
    if outgrow.surely_instance(field, models.FileField):
        kept = models.TextField
        if getattr(settings, "SIMPLE_HISTORY_FILEFIELD_TO_CHARFIELD", False):
            kept = models.CharField
        return kept(null=field.null, db_column=field.db_column)
    kept = copy.copy(field)
    kept.primary_key = False
    kept._unique = False
    return kept


def linked(model, field):
    """The columns of the table that Django makes for a many-to-many relation."""
    to = field.remote_field.model
    if to == "self":
        to = model
    name = to.split(".")[-1].lower() if isinstance(to, str) else to._meta.model_name
    own = model._meta.model_name
    if name == own:
        own, name = "from_" + own, "to_" + name
    fields = {"id": models.BigIntegerField()}
    if not settings.DEFAULT_AUTO_FIELD.endswith("BigAutoField"):
        fields["id"] = models.IntegerField()
    for end, end_name in ((model, own), (to, name)):
        fields[end_name] = models.ForeignKey(
            end, db_constraint=False, null=True, on_delete=models.DO_NOTHING
        )
    return fields


class HistoricalRecords:
    DEFAULT_MODEL_NAME_PREFIX = 'Historical'
    m2m_models = {}

    def __init__(
        self,
        verbose_name=None,
        verbose_name_plural=None,
        bases=(models.Model,),
        user_related_name="+",
        table_name=None,
        inherit=False,
        excluded_fields=None,
        history_id_field=None,
        history_change_reason_field=None,
        user_model=None,
        get_user=None,
        cascade_delete_history=False,
        custom_model_name=None,
        app=None,
        history_user_id_field=None,
        history_user_getter=None,
        history_user_setter=None,
        related_name=None,
        use_base_model_db=False,
        user_db_constraint=True,
        m2m_fields=(),
        m2m_fields_model_field_name="_history_m2m_fields",
        m2m_bases=(models.Model,),
        **kwargs,
    ):
        self.table_name = table_name
        self.inherit = inherit
        self.history_id_field = history_id_field
        self.history_change_reason_field = history_change_reason_field
        self.user_model = user_model
        self.custom_model_name = custom_model_name
        self.app = app
        self.user_id_field = history_user_id_field
        self.related_name = related_name
        self.user_db_constraint = user_db_constraint
        self.excluded_fields = excluded_fields or []
        self.bases = (HistoricalChanges,) + tuple(bases)
        self.m2m_fields = m2m_fields
        self.m2m_fields_model_field_name = m2m_fields_model_field_name
        self.m2m_bases = (HistoricalChanges,) + tuple(m2m_bases)

    def contribute_to_class(self, cls, name):
        # Django gives each child of an abstract model a copy, and this asks who the first was.
        if hasattr(self, "cls"):
            return
        self.manager_name = name
        self.module = cls.__module__
        self.cls = cls
        models.signals.class_prepared.connect(self.finalize, weak=False)

    def add_extra_methods(self, cls): ...

    def finalize(self, sender, **kwargs):
        inherited = False
        if self.cls is not sender:
            inherited = self.inherit and issubclass(sender, self.cls)
            if not inherited:
                return
        made = self.create_history_model(sender, inherited)
        setattr(importlib.import_module(made.__module__), made.__name__, made)
        setattr(sender, self.manager_name, made.objects)
        for name in self.get_m2m_names(sender):
            link = self.create_history_m2m_model(made, sender, sender._meta.get_field(name))
            setattr(importlib.import_module(link.__module__), link.__name__, link)

        def record(sender, **kwargs):
            outgrow.writes(made)

        models.signals.post_save.connect(record, sender=sender, weak=False)
        models.signals.post_delete.connect(record, sender=sender, weak=False)

    def get_history_model_name(self, model):
        if not self.custom_model_name:
            return self.DEFAULT_MODEL_NAME_PREFIX + model._meta.object_name
        if callable(self.custom_model_name):
            return self.custom_model_name(model._meta.object_name)
        return self.custom_model_name

    def create_history_model(self, model, inherited):
        meta = {}
        attrs = {"__module__": self.module}
        if inherited:
            attrs["__module__"] = model.__module__
        if inherited or model.__module__ == self.module:
            meta["app_label"] = model._meta.app_label
        if self.app:
            meta["app_label"] = self.app
        if self.table_name is not None and not inherited:
            meta["db_table"] = self.table_name
        attrs.update(self.copy_fields(model))
        attrs.update(self.get_extra_fields(model))
        attrs["Meta"] = type("Meta", (object,), meta)
        attrs["objects"] = models.Manager()
        return type(self.get_history_model_name(model), self.bases, attrs)

    def get_m2m_names(self, model):
        told = list(self.m2m_fields) + list(getattr(model, self.m2m_fields_model_field_name, ()))
        return {field if isinstance(field, str) else field.name for field in told}

    def create_history_m2m_model(self, history_model, model, field):
        """The rows of a many-to-many relation as they were, with the state they belong to."""
        through = field.remote_field.through
        if isinstance(through, type):
            name = through.__name__
            copied = self.copy_fields(through)
        else:
            name = model.__name__ + "_" + field.name
            copied = linked(model, field)
        key = self.get_history_id_field()
        attrs = {"__module__": history_model.__module__, "m2m_history_id": key}
        attrs.update(copied)
        attrs["history"] = models.ForeignKey(
            history_model, db_constraint=False, on_delete=models.DO_NOTHING
        )
        meta = {"app_label": self.app} if self.app else {}
        attrs["Meta"] = type("Meta", (object,), meta)
        return type(self.DEFAULT_MODEL_NAME_PREFIX + name, self.m2m_bases, attrs)

    def get_history_id_field(self):
        if self.history_id_field is not None:
            key = copy.copy(self.history_id_field)
            key.primary_key = True
            return key
        if getattr(settings, "SIMPLE_HISTORY_HISTORY_ID_USE_UUID", False):
            return models.UUIDField(primary_key=True)
        return models.AutoField(primary_key=True)

    def copy_fields(self, model):
        fields = {}
        for name, field in outgrow.columns(model):
            if name not in self.excluded_fields:
                fields[name] = historical(model, field)
        return fields

    def get_extra_fields(self, model):
        reason = self.history_change_reason_field
        if reason is None:
            reason = models.CharField(max_length=100, null=True)
            if getattr(settings, "SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD", False):
                reason = models.TextField(null=True)
        key = self.get_history_id_field()
        fields = {
            "history_id": key,
            "history_date": models.DateTimeField(),
            "history_change_reason": reason,
            "history_type": models.CharField(max_length=1),
        }
        if self.related_name:
            fields["history_relation"] = models.ForeignKey(
                model, on_delete=models.DO_NOTHING, db_constraint=False
            )
        if self.user_id_field is not None:
            fields["history_user_id"] = self.user_id_field
        else:
            fields["history_user"] = models.ForeignKey(
                self.user_model or settings.AUTH_USER_MODEL,
                null=True,
                on_delete=models.SET_NULL,
                db_constraint=self.user_db_constraint,
            )
        return fields


class HistoricDescriptorMixin:

    def get_queryset(self, *args, **kwargs): ...


class HistoricForwardManyToOneDescriptor(HistoricDescriptorMixin):

    def get_related_model(self, *args, **kwargs): ...


class HistoricReverseManyToOneDescriptor:
    pass


class HistoricForeignKey(models.ForeignKey):
    pass


class HistoricForwardOneToOneDescriptor(HistoricDescriptorMixin):

    def get_related_model(self, *args, **kwargs): ...


class HistoricReverseOneToOneDescriptor(HistoricDescriptorMixin):

    def get_related_model(self, *args, **kwargs): ...


class HistoricOneToOneField(models.OneToOneField):
    pass


def is_historic(*args, **kwargs): ...


def to_historic(*args, **kwargs): ...


class HistoricalObjectDescriptor:
    pass


class DeletedObject:
    pass


class ModelChange:
    pass


class ModelDelta:
    pass

# Facts about simple_history.models, written by generate.py.

from django.db import models


TYPE_CHECKING = False
SIMPLE_HISTORY_REVERSE_ATTR_NAME = '_history'


class HistoricalRecords:
    DEFAULT_MODEL_NAME_PREFIX = 'Historical'
    m2m_models = {}

    def contribute_to_class(self, *args, **kwargs): ...

    def add_extra_methods(self, *args, **kwargs): ...

    def finalize(self, *args, **kwargs): ...

    def get_history_model_name(self, *args, **kwargs): ...

    def create_history_m2m_model(self, *args, **kwargs): ...

    def create_history_model(self, *args, **kwargs): ...

    def fields_included(self, *args, **kwargs): ...

    def field_excluded_kwargs(self, *args, **kwargs): ...

    def copy_fields(self, *args, **kwargs): ...

    def get_extra_fields_m2m(self, *args, **kwargs): ...

    def get_extra_fields(self, *args, **kwargs): ...

    def get_meta_options_m2m(self, *args, **kwargs): ...

    def get_meta_options(self, *args, **kwargs): ...

    def post_save(self, *args, **kwargs): ...

    def post_delete(self, *args, **kwargs): ...

    def pre_delete(self, *args, **kwargs): ...

    def get_change_reason_for_object(self, *args, **kwargs): ...

    def m2m_changed(self, *args, **kwargs): ...

    def create_historical_record_m2ms(self, *args, **kwargs): ...

    def create_historical_record(self, *args, **kwargs): ...

    def get_history_user(self, *args, **kwargs): ...

    def get_m2m_fields_from_model(self, *args, **kwargs): ...


def transform_field(*args, **kwargs): ...


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


class HistoricalChanges:

    def diff_against(self, *args, **kwargs): ...


class DeletedObject:
    pass


class ModelChange:
    pass


class ModelDelta:
    pass

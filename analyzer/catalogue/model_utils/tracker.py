# Facts about model_utils.tracker, written by generate.py.

from django.db.models.fields.files import FieldFile


TYPE_CHECKING = False


class Descriptor:
    pass


class FullDescriptor(Descriptor):
    pass


class LightStateFieldFile(FieldFile):
    pass


def lightweight_deepcopy(*args, **kwargs): ...


class DescriptorWrapper:

    @staticmethod
    def cls_for_descriptor(*args, **kwargs): ...


class FullDescriptorWrapper(DescriptorWrapper):
    pass


class FieldsContext:
    pass


class FieldInstanceTracker:

    @property
    def deferred_fields(self): ...

    def get_field_value(self, *args, **kwargs): ...

    def set_saved_fields(self, *args, **kwargs): ...

    def current(self, *args, **kwargs): ...

    def has_changed(self, *args, **kwargs): ...

    def previous(self, *args, **kwargs): ...

    def changed(self, *args, **kwargs): ...


class FieldTracker:

    def get_field_map(self, *args, **kwargs): ...

    def contribute_to_class(self, *args, **kwargs): ...

    def finalize_class(self, *args, **kwargs): ...

    def initialize_tracker(self, *args, **kwargs): ...

    def patch_init(self, *args, **kwargs): ...

    def patch_save(self, *args, **kwargs): ...


class ModelInstanceTracker(FieldInstanceTracker):

    def has_changed(self, *args, **kwargs): ...

    def changed(self, *args, **kwargs): ...


class ModelTracker(FieldTracker):

    def get_field_map(self, *args, **kwargs): ...

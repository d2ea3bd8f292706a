# Written by hand. Operations on one field, with the arguments that they keep.

from django.db.migrations.operations.base import Operation


class FieldOperation(Operation):
    def __init__(self, model_name, name, field=None):
        self.model_name = model_name
        self.name = name
        self.field = field


class AddField(FieldOperation):
    def __init__(self, model_name, name, field, preserve_default=True):
        super().__init__(model_name, name, field)


class RemoveField(FieldOperation):
    pass


class AlterField(FieldOperation):
    def __init__(self, model_name, name, field, preserve_default=True):
        super().__init__(model_name, name, field)


class RenameField(FieldOperation):
    def __init__(self, model_name, old_name, new_name):
        self.old_name = old_name
        self.new_name = new_name
        super().__init__(model_name, old_name)

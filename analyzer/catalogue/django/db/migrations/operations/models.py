# Written by hand. Operations on a whole model, with the arguments that they keep.

from django.db.migrations.operations.base import Operation


class ModelOperation(Operation):
    def __init__(self, name):
        self.name = name


class CreateModel(ModelOperation):
    def __init__(self, name, fields, options=None, bases=None, managers=None):
        super().__init__(name)
        self.fields = fields
        self.options = options or {}
        self.bases = bases or ()
        self.managers = managers or []


class DeleteModel(ModelOperation):
    pass


class RenameModel(ModelOperation):
    def __init__(self, old_name, new_name):
        self.old_name = old_name
        self.new_name = new_name
        super().__init__(old_name)


class ModelOptionOperation(ModelOperation):
    pass


class AlterModelTable(ModelOptionOperation):
    def __init__(self, name, table):
        self.table = table
        super().__init__(name)


class AlterModelTableComment(ModelOptionOperation):
    def __init__(self, name, table_comment):
        super().__init__(name)


class AlterTogetherOptionOperation(ModelOptionOperation):
    def __init__(self, name, option_value):
        super().__init__(name)


class AlterUniqueTogether(AlterTogetherOptionOperation):
    def __init__(self, name, unique_together):
        super().__init__(name, unique_together)


class AlterIndexTogether(AlterTogetherOptionOperation):
    def __init__(self, name, index_together):
        super().__init__(name, index_together)


class AlterOrderWithRespectTo(ModelOptionOperation):
    def __init__(self, name, order_with_respect_to):
        self.order_with_respect_to = order_with_respect_to
        super().__init__(name)


class AlterModelOptions(ModelOptionOperation):
    def __init__(self, name, options):
        self.options = options
        super().__init__(name)


class AlterModelManagers(ModelOptionOperation):
    def __init__(self, name, managers):
        super().__init__(name)


class IndexOperation(Operation):
    pass


class AddIndex(IndexOperation):
    def __init__(self, model_name, index):
        self.model_name = model_name


class RemoveIndex(IndexOperation):
    def __init__(self, model_name, name):
        self.model_name = model_name


class RenameIndex(IndexOperation):
    def __init__(self, model_name, new_name, old_name=None, old_fields=None):
        self.model_name = model_name


class AddConstraint(IndexOperation):
    def __init__(self, model_name, constraint):
        self.model_name = model_name


class RemoveConstraint(IndexOperation):
    def __init__(self, model_name, name):
        self.model_name = model_name


class AlterConstraint(IndexOperation):
    def __init__(self, model_name, name, constraint):
        self.model_name = model_name

# Written by hand. PostgreSQL's operations; none of them makes or changes a table or a column.

from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.models import AddConstraint
from django.db.migrations.operations.models import AddIndex
from django.db.migrations.operations.models import RemoveIndex


class CreateExtension(Operation):
    def __init__(self, name=None, hints=None): ...


class BloomExtension(CreateExtension): ...


class BtreeGinExtension(CreateExtension): ...


class BtreeGistExtension(CreateExtension): ...


class CITextExtension(CreateExtension): ...


class CryptoExtension(CreateExtension): ...


class HStoreExtension(CreateExtension): ...


class TrigramExtension(CreateExtension): ...


class UnaccentExtension(CreateExtension): ...


class AddIndexConcurrently(AddIndex): ...


class RemoveIndexConcurrently(RemoveIndex): ...


class CollationOperation(Operation):
    def __init__(self, name, locale, *, provider="libc", deterministic=True): ...


class CreateCollation(CollationOperation): ...


class RemoveCollation(CollationOperation): ...


class AddConstraintNotValid(AddConstraint): ...


class ValidateConstraint(Operation):
    def __init__(self, model_name, name): ...

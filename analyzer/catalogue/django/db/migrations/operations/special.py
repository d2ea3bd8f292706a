# Written by hand. Operations that run what they are given, with the arguments that they keep.

from django.db.migrations.operations.base import Operation


class SeparateDatabaseAndState(Operation):
    def __init__(self, database_operations=None, state_operations=None):
        self.database_operations = database_operations or []
        self.state_operations = state_operations or []


class RunSQL(Operation):
    noop = ""

    def __init__(self, sql, reverse_sql=None, state_operations=None, hints=None, elidable=False):
        self.sql = sql
        self.state_operations = state_operations or []


class RunPython(Operation):
    def __init__(self, code, reverse_code=None, atomic=None, hints=None, elidable=False):
        self.code = code

    @staticmethod
    def noop(apps, schema_editor): ...

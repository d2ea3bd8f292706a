# Written by hand.
# Facts about pghistory.config: how the fields of an event differ from those of the tracked model.

from django.db import models


class Field:
    def __init__(self, **kwargs):
        self.kwargs = kwargs


class RelatedField(Field):
    pass


class ForeignKey(RelatedField):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.on_delete = kwargs.get("on_delete", models.DO_NOTHING)
        self.db_constraint = kwargs.get("db_constraint", False)
        self.null = kwargs.get("null", False)


class ContextForeignKey(ForeignKey):
    def __init__(self, null=True, **kwargs):
        super().__init__(null=null, **kwargs)


class ContextJSONField(Field):
    def __init__(self, null=True, **kwargs):
        super().__init__(null=null, **kwargs)
        self.null = null


class ContextUUIDField(ContextJSONField):
    pass


class ObjForeignKey(ForeignKey):
    pass

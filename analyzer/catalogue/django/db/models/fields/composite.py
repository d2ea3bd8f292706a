# Facts about django.db.models.fields.composite, written by generate.py.

from django.db.models.fields import Field


class AttributeSetter:
    pass


class CompositeAttribute:

    @property
    def attnames(self): ...


class CompositePrimaryKey(Field):
    pass


def unnest(*args, **kwargs): ...

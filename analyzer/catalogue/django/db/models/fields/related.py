# Facts about django.db.models.fields.related, written by generate.py.

from django.db.models.fields import Field


LOOKUP_SEP = '__'
RECURSIVE_RELATIONSHIP_CONSTANT = 'self'


def resolve_relation(*args, **kwargs): ...


def lazy_related_operation(*args, **kwargs): ...


class RelatedField(Field):
    one_to_many = False
    one_to_one = False
    many_to_many = False
    many_to_one = False


class ForeignObject(RelatedField):
    many_to_many = False
    many_to_one = True
    one_to_many = False
    one_to_one = False
    requires_unique_target = True


class ForeignKey(ForeignObject):
    many_to_many = False
    many_to_one = True
    one_to_many = False
    one_to_one = False
    empty_strings_allowed = False


class OneToOneField(ForeignKey):
    many_to_many = False
    many_to_one = False
    one_to_many = False
    one_to_one = True


def create_many_to_many_intermediary_model(*args, **kwargs): ...


class ManyToManyField(RelatedField):
    many_to_many = True
    many_to_one = False
    one_to_many = False
    one_to_one = False

# Facts about django.contrib.contenttypes.fields, written by generate.py.

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.base import ModelBase
from django.db.models.base import make_foreign_order_accessors
from django.db.models.deletion import DO_NOTHING
from django.db.models.fields import Field
from django.db.models.fields.related import ForeignObject
from django.db.models.fields.related import lazy_related_operation


DEFAULT_DB_ALIAS = 'default'
AND = 'AND'


class GenericForeignKey(models.Field):
    many_to_many = False
    many_to_one = True
    one_to_many = False
    one_to_one = False


class GenericRel(models.ForeignObjectRel):
    pass


class GenericRelation(models.ForeignObject):
    auto_created = False
    empty_strings_allowed = False
    many_to_many = False
    many_to_one = False
    one_to_many = True
    one_to_one = False
    mti_inherited = False


class ReverseGenericManyToOneDescriptor:
    pass


def create_generic_related_manager(*args, **kwargs): ...

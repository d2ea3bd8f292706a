# Written by hand.
# Facts about django.contrib.contenttypes.fields: what generic relations keep of their arguments.

from django.contrib.contenttypes.models import ContentType
from django.db.models.fields import Field
from django.db.models.fields.related import ForeignObject, ForeignObjectRel


class GenericForeignKey(Field):
    many_to_many = False
    many_to_one = True
    one_to_many = False
    one_to_one = False

    def __init__(self, ct_field="content_type", fk_field="object_id", for_concrete_model=True):
        super().__init__()
        self.ct_field = ct_field
        self.fk_field = fk_field


class GenericRel(ForeignObjectRel): ...


class GenericRelation(ForeignObject):
    many_to_many = False
    many_to_one = False
    one_to_many = True
    one_to_one = False

    def __init__(
        self,
        to,
        object_id_field="object_id",
        content_type_field="content_type",
        for_concrete_model=True,
        related_query_name=None,
        limit_choices_to=None,
        **kwargs,
    ):
        kwargs["null"] = True
        super().__init__(to, None, related_query_name=related_query_name, **kwargs)
        self.object_id_field_name = object_id_field
        self.content_type_field_name = content_type_field

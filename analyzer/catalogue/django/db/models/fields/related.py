# Written by hand.
# Facts about django.db.models.fields.related: what a relation keeps of its arguments.

import outgrow

from django.db.models.fields import Field

RECURSIVE_RELATIONSHIP_CONSTANT = "self"


def resolve_relation(scope_model, relation):
    if relation == RECURSIVE_RELATIONSHIP_CONSTANT:
        return scope_model
    if isinstance(relation, str) and "." not in relation:
        return scope_model._meta.app_label + "." + relation
    return relation


def lazy_related_operation(*args, **kwargs): ...


class ForeignObjectRel:
    def __init__(
        self,
        field,
        to,
        related_name=None,
        related_query_name=None,
        limit_choices_to=None,
        parent_link=False,
        on_delete=None,
        through=None,
        **kwargs,
    ):
        self.field = field
        self.model = to
        self.related_name = related_name
        self.related_query_name = related_query_name
        self.limit_choices_to = limit_choices_to or {}
        self.parent_link = parent_link
        self.on_delete = on_delete
        self.through = through


class ManyToOneRel(ForeignObjectRel): ...


class OneToOneRel(ManyToOneRel): ...


class ManyToManyRel(ForeignObjectRel): ...


class RelatedField(Field):
    one_to_many = False
    one_to_one = False
    many_to_many = False
    many_to_one = False

    @property
    def related_model(self):
        rel = getattr(self, "remote_field", None)
        if rel is None:  # asked before the field is made
            raise AttributeError("related_model")
        return rel.model


class ForeignObject(RelatedField):
    many_to_one = True
    rel_class = ForeignObjectRel

    def __init__(
        self,
        to,
        on_delete,
        from_fields=None,
        to_fields=None,
        rel=None,
        related_name=None,
        related_query_name=None,
        limit_choices_to=None,
        parent_link=False,
        swappable=True,
        **kwargs,
    ):
        if rel is None:
            rel = self.rel_class(
                self,
                to,
                related_name=related_name,
                related_query_name=related_query_name,
                limit_choices_to=limit_choices_to,
                parent_link=parent_link,
                on_delete=on_delete,
            )
        super().__init__(rel=rel, **kwargs)
        self.from_fields = from_fields
        self.to_fields = to_fields


class ForeignKey(ForeignObject):
    rel_class = ManyToOneRel

    def __init__(
        self,
        to,
        on_delete,
        related_name=None,
        related_query_name=None,
        limit_choices_to=None,
        parent_link=False,
        to_field=None,
        db_constraint=True,
        **kwargs,
    ):
        kwargs.pop("from_fields", None)
        kwargs.pop("to_fields", None)
        super().__init__(
            to,
            on_delete,
            from_fields=["self"],
            to_fields=[to_field],
            related_name=related_name,
            related_query_name=related_query_name,
            limit_choices_to=limit_choices_to,
            parent_link=parent_link,
            **kwargs,
        )
        self.db_constraint = db_constraint


class OneToOneField(ForeignKey):
    many_to_one = False
    one_to_one = True
    rel_class = OneToOneRel

    def __init__(self, to, on_delete, to_field=None, **kwargs):
        kwargs["unique"] = True
        super().__init__(to, on_delete, to_field=to_field, **kwargs)


class ManyToManyField(RelatedField):
    many_to_many = True
    rel_class = ManyToManyRel

    def __init__(
        self,
        to,
        related_name=None,
        related_query_name=None,
        limit_choices_to=None,
        symmetrical=None,
        through=None,
        through_fields=None,
        db_constraint=True,
        db_table=None,
        swappable=True,
        **kwargs,
    ):
        if kwargs.get("rel") is None:
            kwargs["rel"] = self.rel_class(
                self,
                to,
                related_name=related_name,
                related_query_name=related_query_name,
                limit_choices_to=limit_choices_to,
                through=through,
            )
        super().__init__(**kwargs)
        self.db_table = db_table
        self.db_constraint = db_constraint
        self.through_fields = through_fields

    # Of a class, Django gives a descriptor instead of the field; it has this attribute.
    @property
    def through(self):
        return outgrow.through(self)

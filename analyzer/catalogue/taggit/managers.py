# Facts about taggit.managers, written by generate.py.

from django.db.models.fields.related import RelatedField


class ExtraJoinRestriction:
    contains_aggregate = False
    contains_over_clause = False

    def as_sql(self, *args, **kwargs): ...

    def relabel_aliases(self, *args, **kwargs): ...

    def clone(self, *args, **kwargs): ...


class TaggableManager(RelatedField):
    through = "taggit.TaggedItem"
    many_to_many = True
    many_to_one = False
    one_to_many = False
    one_to_one = False

# Written by hand.
# Facts about taggit.managers: a tag manager is a many-to-many relation over its through model, and
# points at what the through model's field `tag` points at.

from django.contrib.contenttypes.fields import GenericRelation
from django.db.models.fields.related import ManyToManyRel, RelatedField


class ExtraJoinRestriction: ...


class TaggableRel(ManyToManyRel): ...


class TaggableManager(RelatedField):
    many_to_many = True
    many_to_one = False
    one_to_many = False
    one_to_one = False
    db_constraint = True
    through_target = "tag"

    def __init__(
        self,
        verbose_name="Tags",
        help_text=None,
        through=None,
        blank=False,
        related_name=None,
        to=None,
        manager=None,
        **kwargs,
    ):
        self.through = through or "taggit.TaggedItem"
        rel = TaggableRel(self, to, related_name=related_name, through=self.through)
        super().__init__(related_name=related_name, null=True, blank=blank, rel=rel)
        self.swappable = False

    def contribute_to_class(self, cls, name, private_only=False):
        super().contribute_to_class(cls, name)
        if self.through == "taggit.TaggedItem" and not cls._meta.abstract:
            GenericRelation(self.through).contribute_to_class(cls, "tagged_items")

# Written by hand.
# Facts about taggit.managers: a tag manager is a many-to-many relation over its through model, and
# points at what the through model's field `tag` points at.

from django.apps import apps
from django.contrib.contenttypes.fields import GenericRelation
from django.db.models.fields.related import ManyToManyRel, RelatedField
from django.db.models.signals import class_prepared

from taggit.models import CommonGenericTaggedItemBase


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
        if cls._meta.abstract:
            return
        if not isinstance(self.through, str):
            self._relate(cls, self.through)
            return
        try:
            self._relate(cls, apps.get_model(self.through))
        except LookupError:

            def prepared(sender, **kwargs):
                if sender._meta.label == self.through:
                    self._relate(cls, sender)

            class_prepared.connect(prepared)

    def _relate(self, cls, through):
        if issubclass(through, CommonGenericTaggedItemBase):
            GenericRelation(self.through).contribute_to_class(cls, "tagged_items")

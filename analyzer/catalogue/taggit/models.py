# Facts about taggit.models, written by generate.py.

from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models


def unidecode(*args, **kwargs): ...


class NaturalKeyManager(models.Manager):

    def get_by_natural_key(self, *args, **kwargs): ...


class NaturalKeyModel(models.Model):

    class Meta:
        abstract = True


class TagBase(NaturalKeyModel):
    name = models.CharField(unique=True)
    slug = models.SlugField(unique=True)
    objects = NaturalKeyManager()

    class Meta:
        abstract = True


class Tag(TagBase):

    class Meta:
        app_label = "taggit"


class ItemBase(NaturalKeyModel):
    objects = NaturalKeyManager()

    class Meta:
        abstract = True


class TaggedItemBase(ItemBase):
    tag = models.ForeignKey(
        "taggit.Tag",
        on_delete=models.CASCADE,
        related_name="%(app_label)s_%(class)s_items",
    )

    class Meta:
        abstract = True


class CommonGenericTaggedItemBase(ItemBase):
    content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.CASCADE,
        related_name="%(app_label)s_%(class)s_tagged_items",
    )
    content_object = GenericForeignKey("content_type", "object_id")

    class Meta:
        abstract = True


class GenericTaggedItemBase(CommonGenericTaggedItemBase):
    object_id = models.IntegerField()

    class Meta:
        abstract = True


class GenericUUIDTaggedItemBase(CommonGenericTaggedItemBase):
    object_id = models.UUIDField()

    class Meta:
        abstract = True


class TaggedItem(GenericTaggedItemBase, TaggedItemBase):

    class Meta:
        app_label = "taggit"

# Facts about wagtail.models.media, written by generate.py.

from django.conf import settings
from django.db import models
from treebeard.mp_tree import MP_Node
from treebeard.mp_tree import MP_NodeManager
from wagtail.models.view_restrictions import BaseViewRestriction
from wagtail.query import TreeQuerySet


class CollectionQuerySet(TreeQuerySet):

    def get_min_depth(self, *args, **kwargs): ...

    def get_indented_choices(self, *args, **kwargs): ...


class BaseCollectionManager(MP_NodeManager):

    def get_queryset(self, *args, **kwargs): ...

    def get_by_natural_key(self, *args, **kwargs): ...


class CollectionViewRestriction(BaseViewRestriction):
    collection = models.ForeignKey(
        "wagtailcore.Collection",
        on_delete=models.CASCADE,
        related_name="view_restrictions",
    )
    objects = models.Manager()


class Collection(MP_Node):
    name = models.CharField()
    objects = BaseCollectionManager.from_queryset(CollectionQuerySet)()


def get_root_collection_id(*args, **kwargs): ...


class CollectionMember(models.Model):
    collection = models.ForeignKey(
        "wagtailcore.Collection",
        on_delete=models.CASCADE,
        related_name="+",
    )
    search_fields = [
        "collection",
    ]

    class Meta:
        abstract = True


class GroupCollectionPermissionManager(models.Manager):

    def get_by_natural_key(self, *args, **kwargs): ...


class GroupCollectionPermission(models.Model):
    group = models.ForeignKey(
        "auth.Group",
        on_delete=models.CASCADE,
        related_name="collection_permissions",
    )
    collection = models.ForeignKey(
        "wagtailcore.Collection",
        on_delete=models.CASCADE,
        related_name="group_permissions",
    )
    permission = models.ForeignKey("auth.Permission", on_delete=models.CASCADE)
    objects = GroupCollectionPermissionManager()


class UploadedFile(models.Model):
    for_content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.CASCADE,
        null=True,
        related_name="uploads",
    )
    file = models.FileField()
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
    )
    objects = models.Manager()

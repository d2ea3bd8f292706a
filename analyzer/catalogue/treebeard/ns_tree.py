# Facts about treebeard.ns_tree, written by generate.py.

from django.db import models
from treebeard.models import Node


class NS_NodeQuerySet(models.QuerySet):

    def delete(self, *args, **kwargs): ...


class NS_NodeManager(models.Manager):

    def get_queryset(self, *args, **kwargs): ...


class NS_Node(Node):
    lft = models.PositiveIntegerField()
    rgt = models.PositiveIntegerField()
    tree_id = models.PositiveIntegerField()
    depth = models.PositiveIntegerField()
    objects = NS_NodeManager()

    class Meta:
        abstract = True

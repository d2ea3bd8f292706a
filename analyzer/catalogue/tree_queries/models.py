# Written by hand.
# Facts about tree_queries.models: a tree whose rows know their parent.

from django.db import models
from tree_queries.fields import TreeNodeForeignKey


class TreeNode(models.Model):
    parent = TreeNodeForeignKey("self", null=True, on_delete=models.CASCADE)
    objects = models.Manager()

    class Meta:
        abstract = True


class OrderableTreeNode(TreeNode):
    position = models.PositiveIntegerField(default=0)

    class Meta(TreeNode.Meta):
        abstract = True

# Facts about treenode.models, written by generate.py.

from django.db import models
from treenode import classproperty


class TreeNodeModel(models.Model):
    tn_ancestors_pks = models.TextField()
    tn_ancestors_count = models.PositiveIntegerField()
    tn_children_pks = models.TextField()
    tn_children_count = models.PositiveIntegerField()
    tn_depth = models.PositiveIntegerField()
    tn_descendants_pks = models.TextField()
    tn_descendants_count = models.PositiveIntegerField()
    tn_index = models.PositiveIntegerField()
    tn_level = models.PositiveIntegerField()
    tn_parent = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        related_name="tn_children",
    )
    tn_priority = models.PositiveIntegerField()
    tn_order = models.PositiveIntegerField()
    tn_siblings_pks = models.TextField()
    tn_siblings_count = models.PositiveIntegerField()

    class Meta:
        abstract = True

# Facts about treebeard.mp_tree, written by generate.py.

from django.db import models
from treebeard.models import Node


class MP_NodeQuerySet(models.QuerySet):

    def delete(self, *args, **kwargs): ...


class MP_NodeManager(models.Manager):

    def get_queryset(self, *args, **kwargs): ...


class MP_ComplexAddMoveHandler:

    def increment_numchild(self, *args, **kwargs): ...

    def decrement_numchild(self, *args, **kwargs): ...

    def reorder_nodes_before_add_or_move(self, *args, **kwargs): ...

    def set_newpath_in_branches(self, *args, **kwargs): ...


class MP_AddRootHandler:

    def process(self, *args, **kwargs): ...


class MP_AddChildHandler:

    def process(self, *args, **kwargs): ...


class MP_AddSiblingHandler(MP_ComplexAddMoveHandler):

    def process(self, *args, **kwargs): ...


class MP_MoveHandler(MP_ComplexAddMoveHandler):

    def process(self, *args, **kwargs): ...

    def update_parent_counts_after_move(self, *args, **kwargs): ...

    def update_move_to_child_vars(self, *args, **kwargs): ...


class MP_Node(Node):
    path = models.CharField(unique=True)
    depth = models.PositiveIntegerField()
    numchild = models.PositiveIntegerField()
    objects = MP_NodeManager()

    class Meta:
        abstract = True

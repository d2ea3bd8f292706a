# Facts about treebeard.al_tree, written by generate.py.

from django.db import models
from treebeard.models import Node


class AL_NodeManager(models.Manager):

    def get_queryset(self, *args, **kwargs): ...


class AL_Node(Node):
    objects = AL_NodeManager()

    class Meta:
        abstract = True

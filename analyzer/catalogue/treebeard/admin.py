# Facts about treebeard.admin, written by generate.py.

from django.contrib.admin.options import ModelAdmin
from treebeard.al_tree import AL_Node


def check_empty_dict(*args, **kwargs): ...


class TreeAdmin(ModelAdmin):
    change_list_template = 'admin/tree_change_list.html'

    def get_queryset(self, *args, **kwargs): ...

    def changelist_view(self, *args, **kwargs): ...

    def get_node(self, *args, **kwargs): ...

    def try_to_move_node(self, *args, **kwargs): ...

    def move_node(self, *args, **kwargs): ...

    @property
    def media(self): ...


def admin_factory(*args, **kwargs): ...

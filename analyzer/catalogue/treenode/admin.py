# Facts about treenode.admin, written by generate.py.

from django.contrib.admin.options import ModelAdmin


class TreeNodeModelAdmin(ModelAdmin):
    TREENODE_DISPLAY_MODE_ACCORDION = 'accordion'
    TREENODE_DISPLAY_MODE_BREADCRUMBS = 'breadcrumbs'
    TREENODE_DISPLAY_MODE_INDENTATION = 'indentation'
    treenode_display_mode = 'indentation'
    list_per_page = 1000
    ordering = ('tn_order',)

    def get_list_display(self, *args, **kwargs): ...

    def get_queryset(self, *args, **kwargs): ...

    @property
    def media(self): ...

# Facts about mptt.admin, written by generate.py.

from django.contrib.admin.filters import RelatedFieldListFilter
from django.contrib.admin.options import ModelAdmin


CHANGE = 2
DELETION = 3
IS_GRAPPELLI_INSTALLED = False


class MPTTModelAdmin(ModelAdmin):
    change_list_template = 'admin/mptt_change_list.html'

    def formfield_for_foreignkey(self, *args, **kwargs): ...

    def get_ordering(self, *args, **kwargs): ...

    def delete_selected_tree(self, *args, **kwargs): ...

    def get_actions(self, *args, **kwargs): ...

    @property
    def media(self): ...


class DraggableMPTTAdmin(MPTTModelAdmin):
    change_list_template = None
    list_per_page = 2000
    list_display = ('tree_actions', 'indented_title')
    list_display_links = ('indented_title',)
    mptt_level_indent = 20
    expand_tree_by_default = False

    def tree_actions(self, *args, **kwargs): ...

    def indented_title(self, *args, **kwargs): ...

    def changelist_view(self, *args, **kwargs): ...

    def get_data_before_update(self, *args, **kwargs): ...

    def get_move_node_change_message(self, *args, **kwargs): ...

    @property
    def media(self): ...


class TreeRelatedFieldListFilter(RelatedFieldListFilter):
    template = 'admin/mptt_filter.html'
    mptt_level_indent = 10

    def expected_parameters(self, *args, **kwargs): ...

    def queryset(self, *args, **kwargs): ...

    def field_choices(self, *args, **kwargs): ...

    def choices(self, *args, **kwargs): ...

# Facts about treebeard.admin, written by generate.py.

from django.contrib.admin.options import ModelAdmin
from django.urls import path
from django.views.i18n import JavaScriptCatalog


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

    def get_urls(self):
        return [
            path('move/', self.admin_site.admin_view(self.move_node),),
            path('jsi18n/', JavaScriptCatalog.as_view(), name='javascript-catalog',),
        ] + super().get_urls()


def admin_factory(*args, **kwargs): ...

# Facts about ordered_model.admin, written by generate.py.

from django.contrib.admin.options import ModelAdmin
from django.contrib.admin.options import StackedInline
from django.contrib.admin.options import TabularInline
from django.urls import path


VERSION = (5, 2, 19, 'final', 0)


class BaseOrderedModelAdmin:
    request_query_string = ''

    def changelist_view(self, *args, **kwargs): ...


class OrderedModelAdmin(BaseOrderedModelAdmin, ModelAdmin):

    def move_view(self, *args, **kwargs): ...

    def move_up_down_links(self, *args, **kwargs): ...

    @property
    def media(self): ...

    def get_urls(self):
        return [
            path('<path:object_id>/move-<direction>/', self.admin_site.admin_view(self.move_view), name='admin_logentry_change_order',),
        ] + super().get_urls()


class OrderedInlineModelAdminMixin:

    def get_urls(self, *args, **kwargs): ...


class OrderedInlineMixin(BaseOrderedModelAdmin):

    def get_urls(self, *args, **kwargs): ...

    def move_view(self, *args, **kwargs): ...

    def move_up_down_links(self, *args, **kwargs): ...


class OrderedTabularInline(OrderedInlineMixin, TabularInline):

    @property
    def media(self): ...


class OrderedStackedInline(OrderedInlineMixin, StackedInline):

    @property
    def media(self): ...

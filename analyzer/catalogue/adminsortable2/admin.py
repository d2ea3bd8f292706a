# Facts about adminsortable2.admin, written by generate.py.

from django.contrib.admin.options import StackedInline
from django.contrib.admin.options import TabularInline
from django.forms.models import BaseInlineFormSet


DJANGO_VERSION = (5, 2, 19, 'final', 0)


class MovePageActionForm:

    @property
    def media(self): ...


class SortableAdminBase:

    @property
    def media(self): ...

    def get_formset_kwargs(self, *args, **kwargs): ...

    def get_inline_formsets(self, *args, **kwargs): ...


class SortableAdminMixin(SortableAdminBase):
    BACK = 0
    FORWARD = 1
    FIRST = 2
    LAST = 3
    EXACT = 4

    @property
    def change_list_template(self): ...

    def get_list_display(self, *args, **kwargs): ...

    def get_list_display_links(self, *args, **kwargs): ...

    def get_fields(self, *args, **kwargs): ...

    def get_urls(self, *args, **kwargs): ...

    def get_actions(self, *args, **kwargs): ...

    def get_changelist_instance(self, *args, **kwargs): ...

    def update_order(self, *args, **kwargs): ...

    def save_model(self, *args, **kwargs): ...

    def move_to_exact_page(self, *args, **kwargs): ...

    def move_to_back_page(self, *args, **kwargs): ...

    def move_to_forward_page(self, *args, **kwargs): ...

    def move_to_first_page(self, *args, **kwargs): ...

    def move_to_last_page(self, *args, **kwargs): ...

    @staticmethod
    def get_extra_model_filters(*args, **kwargs): ...

    def get_max_order(self, *args, **kwargs): ...

    def changelist_view(self, *args, **kwargs): ...

    def get_update_url(self, *args, **kwargs): ...


class PolymorphicSortableAdminMixin(SortableAdminMixin):

    def get_max_order(self, *args, **kwargs): ...


class CustomInlineFormSetMixin:

    def get_max_order(self, *args, **kwargs): ...

    def save_new(self, *args, **kwargs): ...


class CustomInlineFormSet(CustomInlineFormSetMixin, BaseInlineFormSet):
    pass


class SortableInlineAdminMixin:

    def get_fields(self, *args, **kwargs): ...


class SortableStackedInline(SortableInlineAdminMixin, StackedInline):
    template = 'adminsortable2/edit_inline/stacked-django-5.2.html'

    @property
    def media(self): ...


class SortableTabularInline(SortableInlineAdminMixin, TabularInline):
    template = 'adminsortable2/edit_inline/tabular-django-5.2.html'

    @property
    def media(self): ...


class CustomGenericInlineFormSet(CustomInlineFormSetMixin):

    def get_max_order(self, *args, **kwargs): ...


class SortableGenericInlineAdminMixin(SortableInlineAdminMixin):
    pass

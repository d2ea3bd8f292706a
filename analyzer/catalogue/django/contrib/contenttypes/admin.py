# Facts about django.contrib.contenttypes.admin, written by generate.py.

from django.contrib.admin.options import InlineModelAdmin


ALL_FIELDS = '__all__'


class GenericInlineModelAdminChecks:
    pass


class GenericInlineModelAdmin(InlineModelAdmin):
    ct_field = 'content_type'
    ct_fk_field = 'object_id'

    def get_formset(self, *args, **kwargs): ...

    @property
    def media(self): ...


class GenericStackedInline(GenericInlineModelAdmin):
    template = 'admin/edit_inline/stacked.html'

    @property
    def media(self): ...


class GenericTabularInline(GenericInlineModelAdmin):
    template = 'admin/edit_inline/tabular.html'

    @property
    def media(self): ...

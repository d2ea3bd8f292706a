# Facts about constance.admin, written by generate.py.

from django.contrib.admin.options import ModelAdmin
from django.urls import path


CHANGE = 2
PAGE_VAR = 'p'


class ConstanceAdmin(ModelAdmin):
    change_list_template = 'admin/constance/change_list.html'

    def get_config_value(self, *args, **kwargs): ...

    def get_changelist_form(self, *args, **kwargs): ...

    def changelist_view(self, *args, **kwargs): ...

    def history_view(self, *args, **kwargs): ...

    def has_add_permission(self, *args, **kwargs): ...

    def has_delete_permission(self, *args, **kwargs): ...

    def has_view_permission(self, *args, **kwargs): ...

    def has_change_permission(self, *args, **kwargs): ...

    @property
    def media(self): ...

    def get_urls(self):
        return [
            path('', self.admin_site.admin_view(self.changelist_view), name='constance_config_changelist',),
            path('', self.admin_site.admin_view(self.changelist_view), name='constance_config_add',),
        ] + super().get_urls()


class Config:
    pass

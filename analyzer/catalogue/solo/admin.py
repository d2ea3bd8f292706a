# Facts about solo.admin, written by generate.py.

from django.contrib.admin.options import ModelAdmin
from django.urls import re_path


DEFAULT_SINGLETON_INSTANCE_ID = 1


class SingletonModelAdmin(ModelAdmin):
    object_history_template = 'admin/solo/object_history.html'
    change_form_template = 'admin/solo/change_form.html'

    def has_add_permission(self, *args, **kwargs): ...

    def has_delete_permission(self, *args, **kwargs): ...

    def response_change(self, *args, **kwargs): ...

    def change_view(self, *args, **kwargs): ...

    def history_view(self, *args, **kwargs): ...

    @property
    def singleton_instance_id(self): ...

    @property
    def media(self): ...

    def get_urls(self):
        return [
            re_path('^history/$', self.admin_site.admin_view(self.history_view), name='admin_logentry_history',),
            re_path('^$', self.admin_site.admin_view(self.change_view), name='admin_logentry_change',),
        ] + super().get_urls()

# Facts about reversion.admin, written by generate.py.

from django.contrib.admin.options import ModelAdmin
from django.urls import re_path


class VersionAdmin(ModelAdmin):
    object_history_template = 'reversion/object_history.html'
    change_list_template = 'reversion/change_list.html'
    revision_form_template = None
    recover_list_template = None
    recover_form_template = None
    history_latest_first = False
    history_order_by_date = False

    def reversion_register(self, *args, **kwargs): ...

    def get_version_ordering(self, *args, **kwargs): ...

    def create_revision(self, *args, **kwargs): ...

    def log_addition(self, *args, **kwargs): ...

    def log_change(self, *args, **kwargs): ...

    def add_view(self, *args, **kwargs): ...

    def change_view(self, *args, **kwargs): ...

    def recover_view(self, *args, **kwargs): ...

    def revision_view(self, *args, **kwargs): ...

    def changelist_view(self, *args, **kwargs): ...

    def recoverlist_view(self, *args, **kwargs): ...

    def history_view(self, *args, **kwargs): ...

    @property
    def media(self): ...

    def get_urls(self):
        return [
            re_path('^recover/$', self.admin_site.admin_view(self.recoverlist_view), name='admin_logentry_recoverlist',),
            re_path('^recover/(\\d+)/$', self.admin_site.admin_view(self.recover_view), name='admin_logentry_recover',),
            re_path('^([^/]+)/history/(\\d+)/$', self.admin_site.admin_view(self.revision_view), name='admin_logentry_revision',),
        ] + super().get_urls()

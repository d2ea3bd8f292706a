# Facts about hitcount.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from hitcount.models import BlacklistIP
from hitcount.models import BlacklistUserAgent
from hitcount.models import Hit
from hitcount.models import HitCount


class HitAdmin(ModelAdmin):
    list_display = ('created', 'user', 'ip', 'user_agent', 'hitcount')
    search_fields = ('ip', 'user_agent')
    date_hierarchy = 'created'

    def has_add_permission(self, *args, **kwargs): ...

    def get_actions(self, *args, **kwargs): ...

    def blacklist_ips(self, *args, **kwargs): ...

    def blacklist_user_agents(self, *args, **kwargs): ...

    def blacklist_delete_ips(self, *args, **kwargs): ...

    def blacklist_delete_user_agents(self, *args, **kwargs): ...

    def delete_queryset(self, *args, **kwargs): ...

    @property
    def media(self): ...


class HitCountAdmin(ModelAdmin):
    list_display = ('content_object', 'hits', 'modified')
    fields = ('hits',)

    def has_add_permission(self, *args, **kwargs): ...

    @property
    def media(self): ...


class BlacklistIPAdmin(ModelAdmin):

    @property
    def media(self): ...


class BlacklistUserAgentAdmin(ModelAdmin):

    @property
    def media(self): ...


admin.site.register(Hit, HitAdmin)
admin.site.register(HitCount, HitCountAdmin)
admin.site.register(BlacklistIP, BlacklistIPAdmin)
admin.site.register(BlacklistUserAgent, BlacklistUserAgentAdmin)

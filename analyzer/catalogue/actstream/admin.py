# Facts about actstream.admin, written by generate.py.

from actstream.models import Action
from actstream.models import Follow
from django.contrib import admin
from django.contrib.admin.options import ModelAdmin


class ActionAdmin(ModelAdmin):
    date_hierarchy = 'timestamp'
    list_display = ('__str__', 'actor', 'verb', 'target', 'public')
    list_editable = ('verb',)
    list_filter = ('timestamp',)

    @property
    def media(self): ...


class FollowAdmin(ModelAdmin):
    list_editable = ('user',)
    list_filter = ('user', 'started')
    raw_id_fields = ('user', 'content_type')

    @property
    def media(self): ...


admin.site.register(Action, ActionAdmin)
admin.site.register(Follow, FollowAdmin)

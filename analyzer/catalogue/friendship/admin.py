# Facts about friendship.admin, written by generate.py.

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from friendship.models import Block
from friendship.models import Follow
from friendship.models import Friend
from friendship.models import FriendshipRequest


class BlockAdmin(ModelAdmin):
    model = Block
    raw_id_fields = ('blocker', 'blocked')

    @property
    def media(self): ...


class FollowAdmin(ModelAdmin):
    model = Follow
    raw_id_fields = ('follower', 'followee')

    @property
    def media(self): ...


class FriendAdmin(ModelAdmin):
    model = Friend
    raw_id_fields = ('to_user', 'from_user')

    @property
    def media(self): ...


class FriendshipRequestAdmin(ModelAdmin):
    model = FriendshipRequest
    raw_id_fields = ('from_user', 'to_user')

    @property
    def media(self): ...


admin.site.register(Block, BlockAdmin)
admin.site.register(Follow, FollowAdmin)
admin.site.register(Friend, FriendAdmin)
admin.site.register(FriendshipRequest, FriendshipRequestAdmin)

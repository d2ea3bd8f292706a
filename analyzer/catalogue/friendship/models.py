# Facts about friendship.models, written by generate.py.

from django.conf import settings
from django.db import models


AUTH_USER_MODEL = 'auth.User'


def cache_key(*args, **kwargs): ...


def bust_cache(*args, **kwargs): ...


class FriendshipRequest(models.Model):
    from_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="friendship_requests_sent",
    )
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="friendship_requests_received",
    )
    message = models.TextField()
    created = models.DateTimeField()
    rejected = models.DateTimeField(null=True)
    viewed = models.DateTimeField(null=True)
    objects = models.Manager()


class FriendshipManager(models.Manager):

    def friends(self, *args, **kwargs): ...

    def friend_count(self, *args, **kwargs): ...

    def requests(self, *args, **kwargs): ...

    def sent_requests(self, *args, **kwargs): ...

    def unread_requests(self, *args, **kwargs): ...

    def unread_request_count(self, *args, **kwargs): ...

    def read_requests(self, *args, **kwargs): ...

    def rejected_requests(self, *args, **kwargs): ...

    def unrejected_requests(self, *args, **kwargs): ...

    def unrejected_request_count(self, *args, **kwargs): ...

    def request_exists(self, *args, **kwargs): ...

    def add_friend(self, *args, **kwargs): ...

    def remove_friend(self, *args, **kwargs): ...

    def are_friends(self, *args, **kwargs): ...


class Friend(models.Model):
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="friends",
    )
    from_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="_unused_friend_relation",
    )
    created = models.DateTimeField()
    objects = FriendshipManager()


class FollowingManager(models.Manager):

    def followers(self, *args, **kwargs): ...

    def following(self, *args, **kwargs): ...

    def add_follower(self, *args, **kwargs): ...

    def remove_follower(self, *args, **kwargs): ...

    def follows(self, *args, **kwargs): ...


class Follow(models.Model):
    follower = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="following",
    )
    followee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="followers",
    )
    created = models.DateTimeField()
    objects = FollowingManager()


class BlockManager(models.Manager):

    def blocked(self, *args, **kwargs): ...

    def blocking(self, *args, **kwargs): ...

    def add_block(self, *args, **kwargs): ...

    def remove_block(self, *args, **kwargs): ...

    def is_blocked(self, *args, **kwargs): ...


class Block(models.Model):
    blocker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="blocking",
    )
    blocked = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="blockees",
    )
    created = models.DateTimeField()
    objects = BlockManager()

# Facts about django_comments.managers, written by generate.py.

from django.db import models


class CommentManager(models.Manager):

    def in_moderation(self, *args, **kwargs): ...

    def for_model(self, *args, **kwargs): ...

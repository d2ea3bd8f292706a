# Facts about django_comments.models, written by generate.py.

from django.conf import settings
from django.db import models
from django_comments.abstracts import CommentAbstractModel


class Comment(CommentAbstractModel):

    class Meta:
        db_table = "django_comments"


class CommentFlag(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="comment_flags",
    )
    comment = models.ForeignKey(
        "django_comments.Comment",
        on_delete=models.CASCADE,
        related_name="flags",
    )
    flag = models.CharField()
    flag_date = models.DateTimeField()
    objects = models.Manager()

    class Meta:
        db_table = "django_comment_flags"

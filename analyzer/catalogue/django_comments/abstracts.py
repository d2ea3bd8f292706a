# Facts about django_comments.abstracts, written by generate.py.

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models
from django_comments.managers import CommentManager


COMMENT_MAX_LENGTH = 3000


class BaseCommentAbstractModel(models.Model):
    content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.CASCADE,
        related_name="content_type_set_for_%(class)s",
    )
    object_pk = models.CharField()
    content_object = GenericForeignKey("content_type", "object_pk")
    site = models.ForeignKey("sites.Site", on_delete=models.CASCADE)

    class Meta:
        abstract = True


class CommentAbstractModel(BaseCommentAbstractModel):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="%(class)s_comments",
    )
    user_name = models.CharField()
    user_email = models.EmailField()
    user_url = models.URLField()
    comment = models.TextField()
    submit_date = models.DateTimeField()
    ip_address = models.GenericIPAddressField(null=True)
    is_public = models.BooleanField()
    is_removed = models.BooleanField()
    objects = CommentManager()

    class Meta:
        abstract = True

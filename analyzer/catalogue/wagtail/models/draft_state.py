# Facts about wagtail.models.draft_state, written by generate.py.

from django.db import models


class DraftStateMixin(models.Model):
    live = models.BooleanField()
    has_unpublished_changes = models.BooleanField()
    first_published_at = models.DateTimeField(null=True)
    last_published_at = models.DateTimeField(null=True)
    live_revision = models.ForeignKey(
        "wagtailcore.Revision",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    go_live_at = models.DateTimeField(null=True)
    expire_at = models.DateTimeField(null=True)
    expired = models.BooleanField()

    class Meta:
        abstract = True

# Written by hand.
# Facts about safedelete.queryset: what is deleted softly is written, not removed.

from django.db import models


class SafeDeleteQueryset(models.QuerySet):
    def delete(self, force_policy=None):
        return self.update(deleted=None)

    def undelete(self, force_policy=None):
        return self.update(deleted=None)

    def all(self, force_visibility=None):
        return super().all()


SafeDeleteQuerySet = SafeDeleteQueryset

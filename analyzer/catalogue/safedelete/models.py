# Written by hand.
# Facts about safedelete.models: two columns say whether a row is deleted.

from django.db import models

from .config import DELETED_BY_CASCADE_FIELD_NAME, FIELD_NAME, SOFT_DELETE
from .managers import SafeDeleteAllManager, SafeDeleteDeletedManager, SafeDeleteManager


class SafeDeleteModel(models.Model):
    _safedelete_policy = SOFT_DELETE

    objects = SafeDeleteManager()
    all_objects = SafeDeleteAllManager()
    deleted_objects = SafeDeleteDeletedManager()

    class Meta:
        abstract = True

    def save(self, keep_deleted=False, **kwargs):
        super().save(**kwargs)

    def undelete(self, force_policy=None, **kwargs):
        self.save(keep_deleted=False, **kwargs)

    def delete(self, force_policy=None, **kwargs):
        self.save(keep_deleted=True, **kwargs)


SafeDeleteModel.add_to_class(FIELD_NAME, models.DateTimeField(null=True, db_index=True))
SafeDeleteModel.add_to_class(
    DELETED_BY_CASCADE_FIELD_NAME, models.BooleanField(default=False)
)


class SafeDeleteMixin(SafeDeleteModel):
    class Meta:
        abstract = True

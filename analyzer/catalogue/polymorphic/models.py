# Facts about polymorphic.models, written by generate.py.

from django.db import models
from polymorphic.managers import PolymorphicManager


DEFAULT_DB_ALIAS = 'default'


class PolymorphicTypeUndefined:
    pass


class PolymorphicTypeInvalid:
    pass


class PolymorphicModel(models.Model):
    polymorphic_ctype = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.CASCADE,
        null=True,
        related_name="polymorphic_%(app_label)s.%(class)s_set+",
    )
    objects = PolymorphicManager()

    class Meta:
        abstract = True

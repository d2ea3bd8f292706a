# Written by hand.
# Facts about parler.models: `TranslatedFields` makes a model of its own, with a row for each
# language of a row.

import sys

from django.db import models
from parler.fields import TranslatedField, TranslationsForeignKey
from parler.managers import TranslatableManager


class TranslatedFieldsModelMixin:
    pass


class TranslatedFieldsModel(TranslatedFieldsModelMixin, models.Model):
    language_code = models.CharField(max_length=15, db_index=True)

    class Meta:
        abstract = True


class TranslatedFields:
    def __init__(self, meta=None, **fields):
        self.fields = fields
        self.meta = meta

    def contribute_to_class(self, cls, name, **kwargs):
        meta = dict(self.meta or {})
        meta["app_label"] = cls._meta.app_label
        meta["managed"] = cls._meta.managed
        meta.setdefault("db_table", cls._meta.db_table + "_translation")
        attrs = dict(self.fields)
        attrs["Meta"] = type("Meta", (object,), meta)
        attrs["__module__"] = cls.__module__
        attrs["objects"] = models.Manager()
        attrs["master"] = TranslationsForeignKey(
            cls, related_name=name, editable=False, null=True, on_delete=models.CASCADE
        )
        made = type(cls.__name__ + "Translation", (TranslatedFieldsModel,), attrs)
        setattr(sys.modules[cls.__module__], made.__name__, made)


class TranslatableModelMixin:
    pass


class TranslatableModel(TranslatableModelMixin, models.Model):
    objects = TranslatableManager()

    class Meta:
        abstract = True

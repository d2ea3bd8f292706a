# Written by hand.
# Facts about parler.fields.

from django.db import models


class TranslationsForeignKey(models.ForeignKey):
    pass


class TranslatedField:
    def contribute_to_class(self, cls, name): ...
